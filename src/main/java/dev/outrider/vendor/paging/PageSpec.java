package dev.outrider.vendor.paging;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** How one listing is paged and what of it is due: the parameters of {@code pages:}. Pointers are JSON pointers; texts may hold {@code {setting}}. */
public class PageSpec {
    private String method = "GET";
    private String body = "";
    private String paging = "link";
    private String items = "";
    private String next = "";
    private String nextParam = "";
    private String more = "";
    private String total = "";
    private int window = 0;
    private int cursorSecs = 0;
    private int size = 0;
    private String sizeParam = "limit";
    private int firstPage = 1;
    private String end = "signal";
    private int maxPages = 100000;
    private String watermark = "";
    private String order = "none";
    private String orderQuery = "";
    private String sinceQuery = "";
    private String overlap = "PT0S";
    private String backfill = "";
    private String retention = "";
    private String identity = "";
    private boolean resume = false;
    private boolean conditional = false;
    private String version = "";
    private String each = "";
    private String omit = "";
    private String skip = "";
    private String skipIf = "";
    private boolean single = false;
    private String expiredIf =
            "404: .*\n410: .*\n400: cursor|token|offset|expired|no longer valid\n422: cursor|token|offset|page|expired|no longer valid";
    private DetailSpec details = new DetailSpec();
    private ContentSpec content = new ContentSpec();

    public String getMethod() {
        return method;
    }

    /** {@code GET}, or {@code POST} for vendors that take the question as JSON. */
    public void setMethod(String method) {
        this.method = method;
    }

    public String getBody() {
        return body;
    }

    /** The JSON that POST sends; texts may hold placeholders, and a field with {@code {since}} is left out of a run that has none. */
    public void setBody(String body) {
        this.body = body;
    }

    public String getExpiredIf() {
        return expiredIf;
    }

    /** Refusals of a later page that mean its cursor has expired, as {@code 404: pattern}, separated by {@code ;}: the sweep begins anew, in ascending order where it was. */
    public void setExpiredIf(String expiredIf) {
        this.expiredIf = expiredIf;
    }

    public ContentSpec getContent() {
        return content;
    }

    /** The files that the listing names. */
    public void setContent(ContentSpec content) {
        this.content = content;
    }

    public DetailSpec getDetails() {
        return details;
    }

    /** How the objects are had of a listing that gives only their ids. */
    public void setDetails(DetailSpec details) {
        this.details = details;
    }

    public String getPaging() {
        return paging;
    }

    /** How the next page is found: {@code link} (header rel=next), {@code next} (URL in the body), {@code cursor} (in the body, sent as a parameter), {@code page}, {@code offset}, {@code keyset} (in ascending order, from the last item's {@code watermark} on, until {@code total} is met), {@code none}. */
    public void setPaging(String paging) {
        this.paging = paging;
    }

    public String getItems() {
        return items;
    }

    /** Where the reply holds the list; empty where the reply is the list. */
    public void setItems(String items) {
        this.items = items;
    }

    public String getNext() {
        return next;
    }

    /** Where the body holds the next URL or cursor; {@code item:/id} takes it from the last item. */
    public void setNext(String next) {
        this.next = next;
    }

    public String getNextParam() {
        return nextParam;
    }

    /** What carries the cursor, page number or offset: a query parameter's name, or a pointer to a field of the body. */
    public void setNextParam(String nextParam) {
        this.nextParam = nextParam;
    }

    public String getMore() {
        return more;
    }

    /** Where the body says whether there is more; {@code !/done} is where it says that there is none. */
    public void setMore(String more) {
        this.more = more;
    }

    public String getTotal() {
        return total;
    }

    /** Where the body says how many items there are in all: a listing that ends before is partial. */
    public void setTotal(String total) {
        this.total = total;
    }

    public int getCursorSecs() {
        return cursorSecs;
    }

    /** How long the vendor knows a cursor: a stored one that is older is not used, and the sweep begins anew. 0 for a day. */
    public void setCursorSecs(int cursorSecs) {
        this.cursorSecs = cursorSecs;
    }

    public int getWindow() {
        return window;
    }

    /** How far offset and size of a keyset's page may reach together; 0 for any distance. */
    public void setWindow(int window) {
        this.window = window;
    }

    public int getSize() {
        return size;
    }

    /** Items asked for with each page; 0 leaves it to the vendor. */
    public void setSize(int size) {
        this.size = size;
    }

    public String getSizeParam() {
        return sizeParam;
    }

    /** What carries the size: a query parameter's name, or a pointer to a field of the body. */
    public void setSizeParam(String sizeParam) {
        this.sizeParam = sizeParam;
    }

    public int getFirstPage() {
        return firstPage;
    }

    /** Number of the first page. */
    public void setFirstPage(int firstPage) {
        this.firstPage = firstPage;
    }

    public String getEnd() {
        return end;
    }

    /** What ends the listing besides the paging's own signal: {@code signal} nothing, {@code short} a page of fewer items than asked for. */
    public void setEnd(String end) {
        this.end = end;
    }

    public int getMaxPages() {
        return maxPages;
    }

    /** Pages of one run; more make it partial. */
    public void setMaxPages(int maxPages) {
        this.maxPages = maxPages;
    }

    public String getWatermark() {
        return watermark;
    }

    /** Where an item tells when it last changed: what a later run goes on from. */
    public void setWatermark(String watermark) {
        this.watermark = watermark;
    }

    public String getOrder() {
        return order;
    }

    /** The order of items by their watermark: {@code ascending}, {@code descending} (a run then ends where it meets what it knows), or {@code none}. */
    public void setOrder(String order) {
        this.order = order;
    }

    public String getOrderQuery() {
        return orderQuery;
    }

    /** The part of the query that asks for that order, {@code sort=updated&direction=desc}: a class's is not for a listing of another order. */
    public void setOrderQuery(String orderQuery) {
        this.orderQuery = orderQuery;
    }

    public String getSinceQuery() {
        return sinceQuery;
    }

    /** The part of the query that asks for what changed since, {@code created[gte]={sinceSecs}}; a listing without a watermark has no use for it. */
    public void setSinceQuery(String sinceQuery) {
        this.sinceQuery = sinceQuery;
    }

    public String getOverlap() {
        return overlap;
    }

    /** How far before its watermark a run begins, for vendors whose listings lag or count in seconds. */
    public void setOverlap(String overlap) {
        this.overlap = overlap;
    }

    public String getBackfill() {
        return backfill;
    }

    /** How far back the first run goes; empty for everything. */
    public void setBackfill(String backfill) {
        this.backfill = backfill;
    }

    public String getRetention() {
        return retention;
    }

    /** How long the vendor keeps what it lists; a stream that stood still for longer is partial, with an error. Empty for ever. */
    public void setRetention(String retention) {
        this.retention = retention;
    }

    public String getIdentity() {
        return identity;
    }

    /**
     * What makes an item in the overlap a known one, pointers separated by commas; empty compares the whole item, and of objects that are had
     * by their ids, the id and the watermark.
     */
    public void setIdentity(String identity) {
        this.identity = identity;
    }

    /** The identity as it is said, or as the details imply it. */
    public String itemIdentity() {
        boolean implied = identity.isEmpty() && !details.getPath().isEmpty() && !watermark.isEmpty();
        return implied ? details.getId() + "," + watermark : identity;
    }

    public boolean isResume() {
        return resume;
    }

    /** Whether the next link of a finished run is where the following one begins. */
    public void setResume(boolean resume) {
        this.resume = resume;
    }

    public boolean isConditional() {
        return conditional;
    }

    /** Whether the first page is asked for only if it changed: right where a change anywhere changes it. A class's goes with its order. */
    public void setConditional(boolean conditional) {
        this.conditional = conditional;
    }

    public String getVersion() {
        return version;
    }

    /** Where the body tells the version of what is listed: one that was collected whole is not collected again. */
    public void setVersion(String version) {
        this.version = version;
    }

    public String getEach() {
        return each;
    }

    /** One listing for each of these, separated by commas, as {@code {each}} in path and query. */
    public void setEach(String each) {
        this.each = each;
    }

    public String getOmit() {
        return omit;
    }

    /** Fields of an item that must never enter, separated by commas: they are gone before mapping and dead letters. */
    public void setOmit(String omit) {
        this.omit = omit;
    }

    public String getSkipIf() {
        return skipIf;
    }

    /** Refusals that mean the same where the vendor's words match, as {@code 403: pattern}, separated by {@code ;}. */
    public void setSkipIf(String skipIf) {
        this.skipIf = skipIf;
    }

    public boolean isSingle() {
        return single;
    }

    /** Whether what is asked for is one object and no list: it has nothing of what the class's listings have in common. */
    public void setSingle(boolean single) {
        this.single = single;
    }

    public String getSkip() {
        return skip;
    }

    /** Statuses that mean this account has no such listing, separated by commas. */
    public void setSkip(String skip) {
        this.skip = skip;
    }

    /** @throws IllegalArgumentException naming the first parameter that makes no sense */
    public void check() {
        one("paging", paging, "link", "next", "cursor", "page", "offset", "keyset", "none");
        one("method", method, "GET", "POST");
        need(
                method.equals("POST") || body.isEmpty() && !Place.inBody(nextParam) && !Place.inBody(sizeParam),
                "body, and fields of it, need method=POST");
        details.check();
        content.check();
        one("end", end, "signal", "short");
        one("order", order, "ascending", "descending", "none");
        Query.pairs("orderQuery", orderQuery);
        Query.pairs("sinceQuery", sinceQuery);
        need(!paging.equals("next") || !next.isEmpty(), "paging=next needs next, where the body holds the URL");
        need(
                !paging.equals("cursor") || !next.isEmpty() && !nextParam.isEmpty(),
                "paging=cursor needs next, where the cursor is, and nextParam, the query parameter that carries it");
        need(!paging.equals("offset") || size > 0, "paging=offset needs size");
        need(
                !paging.equals("keyset") || !total.isEmpty() && !watermark.isEmpty() && method.equals("GET"),
                "paging=keyset needs total and watermark, and works with GET");
        need(!end.equals("short") || size > 0, "end=short needs size");
        need(!order.equals("descending") || !watermark.isEmpty(), "order=descending needs watermark");
        Duration.parse(overlap);
        Stream.of(retention, backfill).filter(text -> !text.isEmpty()).forEach(Duration::parse);
    }

    static void one(String name, String value, String... known) {
        need(List.of(known).contains(value), name + "=" + value + " is none of " + List.of(known));
    }

    static void need(boolean fulfilled, String what) {
        if (!fulfilled) {
            throw new IllegalArgumentException("pages: " + what);
        }
    }
}
