package dev.outrider.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Queries that a simulated vendor keeps under an id, to be read on page by page. */
final class Locators {
    static final String PLACE = "locator.from";
    private static final String ID = "locator.id";

    private final Map<String, Map<String, String>> kept = new ConcurrentHashMap<>();

    /** The path of the page from a place on. */
    String address(String path, Map<String, String> query, int from) {
        var id = query.get(ID);
        return id == null ? fresh(path, query, from) : path + "/" + id + "-" + from;
    }

    /** The same under an id that nobody saw yet. */
    synchronized String fresh(String path, Map<String, String> query, int from) {
        var id = "01gDEMO" + (kept.size() + 1);
        kept.put(id, query);
        return path + "/" + id + "-" + from;
    }

    /** What was asked for in the first place; null where the path is no kept query. */
    Map<String, String> find(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        int at = name.lastIndexOf('-');
        var query = at < 0 ? null : kept.get(name.substring(0, at));
        if (query == null) {
            return null;
        }
        var found = new LinkedHashMap<>(query);
        found.put(ID, name.substring(0, at));
        found.put(PLACE, name.substring(at + 1));
        return found;
    }
}
