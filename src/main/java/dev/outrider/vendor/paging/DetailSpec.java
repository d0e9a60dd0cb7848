package dev.outrider.vendor.paging;

/** How the whole objects are had of a listing that gives only their ids: the parameters {@code details.<name>} of {@code pages:}. */
public class DetailSpec {
    private String path = "";
    private String method = "GET";
    private String param = "";
    private int size = 100;
    private String of = "";
    private String items = "";
    private String id = "/id";

    public String getPath() {
        return path;
    }

    /** Where objects are had by their ids; empty where the listing gives them whole. */
    public void setPath(String path) {
        this.path = path;
    }

    public String getMethod() {
        return method;
    }

    /** {@code GET}, with a query parameter for each id, or {@code POST}, with a list of ids in the body. */
    public void setMethod(String method) {
        this.method = method;
    }

    public String getParam() {
        return param;
    }

    /** What carries the ids: a query parameter's name, or for POST a pointer to the body's field. */
    public void setParam(String param) {
        this.param = param;
    }

    public int getSize() {
        return size;
    }

    /** How many ids the vendor takes in one call. */
    public void setSize(int size) {
        this.size = size;
    }

    public String getOf() {
        return of;
    }

    /** Where a listed item holds its id; empty where it is the id. */
    public void setOf(String of) {
        this.of = of;
    }

    public String getItems() {
        return items;
    }

    /** Where the answer holds the objects; empty where it is the list. */
    public void setItems(String items) {
        this.items = items;
    }

    public String getId() {
        return id;
    }

    /** Where an object holds the id that it was asked for by. */
    public void setId(String id) {
        this.id = id;
    }

    void check() {
        if (path.isEmpty()) {
            return;
        }
        PageSpec.one("details.method", method, "GET", "POST");
        PageSpec.need(!param.isEmpty(), "details.path needs details.param, what carries the ids");
        PageSpec.need(
                method.equals("GET") != Place.inBody(param),
                "details.param is a query parameter's name with GET and a pointer with POST");
        PageSpec.need(size > 0, "details.size is at least 1");
    }
}
