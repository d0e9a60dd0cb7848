package dev.outrider.vendor.paging;

/**
 * How the files are had that a listing only names, and what they hold: the parameters {@code content.<name>} of {@code pages:}. Their rows
 * are items then.
 */
public class ContentSpec {
    private String format = "";
    private String path = "";
    private String of = "";
    private boolean keep;
    private String mark = "";
    private int pageItems = 1000;
    private int maxMb = 4096;
    private int timeoutSecs = 1800;

    public String getFormat() {
        return format;
    }

    /** {@code csv} (with a header, an object a row) or {@code ndjson}, plain or in gzip; empty where a listing names no files. */
    public void setFormat(String format) {
        this.format = format;
    }

    public String getPath() {
        return path;
    }

    /** Where the file {@code {id}} is had from the vendor; empty where an item holds a link that needs no credential. */
    public void setPath(String path) {
        this.path = path;
    }

    public String getOf() {
        return of;
    }

    /** Where a listed item holds the id or the link; empty where it is that. */
    public void setOf(String of) {
        this.of = of;
    }

    public boolean isKeep() {
        return keep;
    }

    /** Whether the listed item is an item too, before its rows. */
    public void setKeep(boolean keep) {
        this.keep = keep;
    }

    public String getMark() {
        return mark;
    }

    /** A field of each row that gets what was listed; a second one, with {@code Row} behind its name, the row's number from 1. */
    public void setMark(String mark) {
        this.mark = mark;
    }

    public int getPageItems() {
        return pageItems;
    }

    /** How many items make a page. */
    public void setPageItems(int pageItems) {
        this.pageItems = pageItems;
    }

    public int getMaxMb() {
        return maxMb;
    }

    /** A larger file is refused; expanded it may have twenty times as much. */
    public void setMaxMb(int maxMb) {
        this.maxMb = maxMb;
    }

    public int getTimeoutSecs() {
        return timeoutSecs;
    }

    /** How long one attempt to fetch a file may take. */
    public void setTimeoutSecs(int timeoutSecs) {
        this.timeoutSecs = timeoutSecs;
    }

    /** Whether the listing names files. */
    public boolean wanted() {
        return !format.isEmpty();
    }

    void check() {
        if (!wanted()) {
            return;
        }
        PageSpec.one("content.format", format, "csv", "ndjson");
        PageSpec.need(path.isEmpty() || path.contains("{id}"), "content.path holds {id}, the file's");
        PageSpec.need(pageItems > 0 && maxMb > 0 && timeoutSecs > 0, "content's numbers are at least 1");
    }
}
