package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.RunError;
import dev.outrider.vendor.http.VendorClient;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Notices listings that lead in a circle, on for ever, or away. */
final class Loops {
    static final String CAP = "paging.cap";
    private static final int MAX_EMPTY = 100;

    private final int maxPages;
    private final Set<String> visited = new HashSet<>();
    private List<JsonNode> before = List.of();
    private boolean again;
    /** Of each page the first and the last item, to notice a circle whose addresses are always new. */
    private final Set<Long> contents = new HashSet<>();

    private int empty;
    private int pages;

    Loops(int maxPages) {
        this.maxPages = maxPages;
    }

    void visit(URI uri) {
        visited.add(uri.toString());
    }

    /** The sweep begins anew: what it meets again is no circle. */
    void forget() {
        visited.clear();
        moved();
    }

    /** Another question is asked, which may well begin with what was met last. */
    void moved() {
        before = List.of();
        contents.clear();
        again = false;
    }

    void content(List<JsonNode> items) {
        pages++;
        again = !items.isEmpty() && (items.equals(before) || !contents.add(ends(items)));
        empty = items.isEmpty() ? empty + 1 : 0;
        before = items;
    }

    private static long ends(List<JsonNode> items) {
        return (long) items.get(0).hashCode() << 32
                | items.get(items.size() - 1).hashCode() + items.size() & 0xffffffffL;
    }

    /** What is wrong with where the next page is; null where nothing is. */
    RunError foreign(URI next, VendorClient client) {
        boolean home;
        try {
            home = client.home(next);
        } catch (IllegalArgumentException e) {
            home = false;
        }
        return home
                ? null
                : RunError.of(
                        "paging.foreign_link",
                        "the vendor's next page is on " + next.getScheme() + "://" + next.getRawAuthority()
                                + ", which is not the integration's own address: it was not followed",
                        false);
    }

    /** What is wrong with going on to the next page; null where nothing is. */
    RunError fault(URI next, VendorClient client) {
        var foreign = foreign(next, client);
        if (foreign != null) {
            return foreign;
        }
        if (visited.contains(next.toString()) || again) {
            return RunError.of(
                    "paging.repeated",
                    "the vendor's next page is one that was read already: the listing leads in a circle",
                    true);
        }
        if (empty >= MAX_EMPTY) {
            return RunError.of(
                    "paging.endless", MAX_EMPTY + " pages in a row were empty and each named a next one", true);
        }
        if (pages >= maxPages) {
            return RunError.of(
                    CAP, "the run stopped after its " + maxPages + " pages; the next run goes on from there", true);
        }
        return null;
    }
}
