package dev.outrider.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A page as the simulated vendor wraps it, with the way to the next one. */
record Listed(String url, Plan.Listing listing, Map<String, String> query) {
    Reply reply(List<JsonNode> items, int from, int to, boolean more, Fault wrong) {
        var list = JsonNodeFactory.instance.arrayNode().addAll(items);
        var next = next(from, to, more, wrong);
        if (listing.paging().equals("cursor") || listing.paging().equals("url")) {
            var body = JsonNodeFactory.instance.objectNode();
            body.set(listing.items(), list);
            body.put(listing.next(), next);
            return Reply.json(200, body.toString());
        }
        var body = listing.items() == null
                ? list
                : JsonNodeFactory.instance.objectNode().set(listing.items(), list);
        var reply = Reply.json(200, body.toString()).with("Link", "<" + address(from) + ">; rel=\"self\"");
        return next == null ? reply : reply.with("Link", "<" + next + ">; rel=\"next\"");
    }

    /** Null at the end. */
    private String next(int from, int to, boolean more, Fault wrong) {
        boolean cursor = listing.paging().equals("cursor");
        if (wrong == Fault.EMPTY_PAGE && listing.paging().equals("log")) {
            // An empty page is the end of a log: there is none in its middle.
            return address(to);
        }
        if (wrong == Fault.FOREIGN_NEXT && !cursor) {
            return "https://elsewhere.example/steal";
        }
        if (wrong == Fault.REPEATED_CURSOR) {
            return cursor ? Integer.toString(from) : address(from);
        }
        if (wrong == Fault.ENDLESS_NEXT) {
            return cursor ? "0" : address(0) + "&t=" + System.nanoTime();
        }
        if (wrong == Fault.EMPTY_PAGE && !cursor) {
            return address(from) + "&t=" + System.nanoTime();
        }
        boolean goesOn = more || listing.paging().equals("log");
        return !goesOn ? null : cursor ? Integer.toString(to) : address(to);
    }

    /** The page from a place on, with all else that was asked for. A log's links name no time: the place tells it. */
    private String address(int from) {
        var kept = query.entrySet().stream()
                .filter(field -> !field.getKey().equals(listing.cursorParam())
                        && !field.getKey().equals("since")
                        && !field.getKey().equals("t"))
                .map(field -> "&" + field.getKey() + "=" + encode(field.getValue()))
                .reduce("", String::concat);
        return url + listing.path() + "?" + listing.cursorParam() + "=" + from + kept;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
