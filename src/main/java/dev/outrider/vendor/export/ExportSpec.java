package dev.outrider.vendor.export;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** How a vendor's export job is begun, watched and fetched: the parameters of {@code export:}. Pointers are JSON pointers. */
public class ExportSpec {
    private String body = "{}";
    private String since = "";
    private String id = "";
    private String adopt = "";
    private String status = "";
    private String check = "";
    private String checkAt = "";
    private long checkLeast = 0;
    private long checkWhole = 0;
    private String state = "/status";
    private String done = "FINISHED";
    private String failed = "ERROR,CANCELLED";
    private String chunks = "/chunks_available";
    private String failedChunks = "/chunks_failed,/chunks_cancelled";
    private String counts = "/total_chunks,/finished_chunks,/chunks_available_count";
    private String empty = "/empty_chunks_count";
    private String list = "";
    private String listItems = "/exports";
    private String listId = "/uuid";
    private String listCreated = "/created";
    private String chunk = "";
    private String chunkAgainIf = "";
    private int chunkTries = 10;
    private String items = "";
    private String overlap = "PT0S";
    private int pollSecs = 5;
    private int timeoutMinutes = 180;

    public String getBody() {
        return body;
    }

    /** Body of the request that begins an export, as JSON; texts may hold {@code {setting}}. */
    public void setBody(String body) {
        this.body = body;
    }

    public String getSince() {
        return since;
    }

    /** More members of it, for a run that has a time to begin from, as {@code {sinceSecs}}; objects are merged. */
    public void setSince(String since) {
        this.since = since;
    }

    public String getId() {
        return id;
    }

    /** Where the answer holds the export's id. */
    public void setId(String id) {
        this.id = id;
    }

    public String getAdopt() {
        return adopt;
    }

    /**
     * Answers that name an export of ours that runs already: rules as {@code 409: /pointer} or {@code 429: pattern} with a group, separated
     * by {@code ;}. A second group is the time at which that one was asked for.
     */
    public void setAdopt(String adopt) {
        this.adopt = adopt;
    }

    public String getStatus() {
        return status;
    }

    /** Path that tells how far the export {@code {id}} is. */
    public void setStatus(String status) {
        this.status = status;
    }

    public String getState() {
        return state;
    }

    /** Where that answer tells the state. */
    public void setState(String state) {
        this.state = state;
    }

    public String getDone() {
        return done;
    }

    /** States in which all chunks are there. */
    public void setDone(String done) {
        this.done = done;
    }

    public String getFailed() {
        return failed;
    }

    /** States in which no more chunks come. */
    public void setFailed(String failed) {
        this.failed = failed;
    }

    public String getChunks() {
        return chunks;
    }

    /** Where that answer lists the chunks to fetch. */
    public void setChunks(String chunks) {
        this.chunks = chunks;
    }

    public String getFailedChunks() {
        return failedChunks;
    }

    /** Where it lists those that never come, pointers separated by commas. */
    public void setFailedChunks(String failedChunks) {
        this.failedChunks = failedChunks;
    }

    public String getCounts() {
        return counts;
    }

    /** Where it tells how many chunks there are, pointers separated by commas: the largest number is what has to come. */
    public void setCounts(String counts) {
        this.counts = counts;
    }

    public String getEmpty() {
        return empty;
    }

    /** Where it tells how many of them are empty and need not be listed. */
    public void setEmpty(String empty) {
        this.empty = empty;
    }

    public String getList() {
        return list;
    }

    /** Path that lists the exports, for the time at which an adopted one was asked for; empty where there is none. */
    public void setList(String list) {
        this.list = list;
    }

    public String getListItems() {
        return listItems;
    }

    /** Where that answer holds the list. */
    public void setListItems(String listItems) {
        this.listItems = listItems;
    }

    public String getListId() {
        return listId;
    }

    /** Where a listed export tells its id. */
    public void setListId(String listId) {
        this.listId = listId;
    }

    public String getListCreated() {
        return listCreated;
    }

    /** Where a listed export tells when it was asked for. */
    public void setListCreated(String listCreated) {
        this.listCreated = listCreated;
    }

    public String getChunk() {
        return chunk;
    }

    /** Path of the chunk {@code {chunk}} of the export {@code {id}}. */
    public void setChunk(String chunk) {
        this.chunk = chunk;
    }

    public String getChunkAgainIf() {
        return chunkAgainIf;
    }

    /** Refusals of a chunk that mean it is not ready yet, as {@code 400: pattern}, separated by {@code ;}. */
    public void setChunkAgainIf(String chunkAgainIf) {
        this.chunkAgainIf = chunkAgainIf;
    }

    public int getChunkTries() {
        return chunkTries;
    }

    /** How often such a chunk is asked for, {@code pollSecs} apart; the others are fetched before it. */
    public void setChunkTries(int chunkTries) {
        this.chunkTries = chunkTries;
    }

    public String getItems() {
        return items;
    }

    /** Where a chunk holds its list; empty where it is one. */
    public void setItems(String items) {
        this.items = items;
    }

    public String getOverlap() {
        return overlap;
    }

    /** How far before the request of the last complete export a run begins. */
    public void setOverlap(String overlap) {
        this.overlap = overlap;
    }

    public String getCheck() {
        return check;
    }

    /**
     * A path that answers whoever may make such exports, by which a validation tries the stream. Of several, separated by commas, each is
     * for vendors that do not know the one before.
     */
    public void setCheck(String check) {
        this.check = check;
    }

    public String getCheckAt() {
        return checkAt;
    }

    /** Where that answer tells, as a number, what the credentials may do. */
    public void setCheckAt(String checkAt) {
        this.checkAt = checkAt;
    }

    public long getCheckLeast() {
        return checkLeast;
    }

    /** With a lower number no export can be made. */
    public void setCheckLeast(long checkLeast) {
        this.checkLeast = checkLeast;
    }

    public long getCheckWhole() {
        return checkWhole;
    }

    /** With a lower number an export may lack what the credentials may not see, which the check says. */
    public void setCheckWhole(long checkWhole) {
        this.checkWhole = checkWhole;
    }

    public int getPollSecs() {
        return pollSecs;
    }

    /** Between two looks at an export that has nothing new. */
    public void setPollSecs(int pollSecs) {
        this.pollSecs = pollSecs;
    }

    public int getTimeoutMinutes() {
        return timeoutMinutes;
    }

    /** An export that takes longer makes the run partial; the next one goes on with it. */
    public void setTimeoutMinutes(int timeoutMinutes) {
        this.timeoutMinutes = timeoutMinutes;
    }

    boolean isDone(String text) {
        return words(done).contains(text);
    }

    boolean isFailed(String text) {
        return words(failed).contains(text);
    }

    static List<String> words(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).toList();
    }

    /** @throws IllegalArgumentException naming the first parameter that makes no sense */
    void check() {
        need(id, "id, where the answer holds the export's id");
        need(status, "status, the path that tells how far it is");
        need(chunk, "chunk, the path of a chunk");
        Duration.parse(overlap);
    }

    private static void need(String value, String what) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("export: needs " + what);
        }
    }
}
