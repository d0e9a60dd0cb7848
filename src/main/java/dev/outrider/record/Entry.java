package dev.outrider.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** One item of a page, with what became of it so far. */
public final class Entry {
    /** None of the mapping's records goes out where one of them failed: asset, risk, definition and proof travel together. */
    public enum Outcome {
        OPEN,
        EMITTED,
        DROPPED,
        FAILED
    }

    private final JsonNode item;
    private final int index;
    private List<ObjectNode> records = List.of();
    private List<Draft> drafts = new ArrayList<>(4);
    private Outcome outcome = Outcome.OPEN;
    private String mappedReason;
    private String reason;
    private RunError error;

    Entry(JsonNode item, int index) {
        this.item = item;
        this.index = index;
    }

    /** The item as it was received. */
    public JsonNode item() {
        return item;
    }

    /** Place in the page, from 0. */
    public int index() {
        return index;
    }

    /** What the mapping yielded; empty once normalised. */
    public List<ObjectNode> records() {
        return records;
    }

    public void records(List<ObjectNode> records) {
        this.records = records;
    }

    public List<Draft> drafts() {
        return drafts;
    }

    public void drafts(List<Draft> drafts) {
        this.drafts = drafts;
    }

    public Outcome outcome() {
        return outcome;
    }

    public boolean open() {
        return outcome == Outcome.OPEN;
    }

    /** Why the mapping says that no record was due; counts only where nothing else decides. */
    public String mappedReason() {
        return mappedReason;
    }

    public void mappedReason(String mappedReason) {
        this.mappedReason = mappedReason;
    }

    /** Why it was dropped, or null. */
    public String reason() {
        return reason;
    }

    /** Why it failed, or null. */
    public RunError error() {
        return error;
    }

    public void emitted() {
        outcome = Outcome.EMITTED;
    }

    public void drop(String reason) {
        outcome = Outcome.DROPPED;
        this.reason = reason;
        drafts = List.of();
    }

    public void fail(RunError error) {
        outcome = Outcome.FAILED;
        this.error = error;
        records = List.of();
        drafts = List.of();
    }
}
