package dev.outrider.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A page as the simulated vendor wraps it, with the way to the next one. */
record Listed(String url, Listing listing, Map<String, String> query, Locators locators) {
    Reply reply(List<JsonNode> items, int from, int to, int total, boolean more, Fault wrong) {
        if (listing.paging().equals("single")) {
            return Reply.json(200, items.get(0).toString());
        }
        var list = JsonNodeFactory.instance.arrayNode().addAll(items);
        var next = next(from, to, more, wrong);
        if (listing.items() == null) {
            return linked(Reply.json(200, list.toString()), from, next);
        }
        var body = JsonNodeFactory.instance.objectNode();
        Pointers.put(body, listing.items(), list);
        if (listing.next() != null) {
            var said = next == null ? listing.end() : next;
            Pointers.put(
                    body,
                    listing.next(),
                    said == null ? JsonNodeFactory.instance.nullNode() : JsonNodeFactory.instance.textNode(said));
        }
        listing.also().forEach((at, text) -> Pointers.put(body, at, JsonNodeFactory.instance.textNode(text)));
        if (listing.total() != null) {
            Pointers.put(body, listing.total(), IntNode.valueOf(total));
        }
        if (listing.more() != null) {
            boolean ends = listing.more().startsWith("!");
            Pointers.put(body, listing.more().substring(ends ? 1 : 0), BooleanNode.valueOf((next != null) != ends));
        }
        return linked(Reply.json(200, body.toString()), from, next);
    }

    private Reply linked(Reply reply, int from, String next) {
        if (!listing.paging().equals("link") && !listing.paging().equals("log")) {
            return reply;
        }
        reply.with("Link", "<" + address(from) + ">; rel=\"self\"");
        return next == null ? reply : reply.with("Link", "<" + next + ">; rel=\"next\"");
    }

    /** Null at the end. */
    private String next(int from, int to, boolean more, Fault wrong) {
        boolean cursor = listing.paging().equals("cursor");
        if (wrong == Fault.FOREIGN_NEXT) {
            return "https://elsewhere.example/steal";
        }
        if (listing.paging().equals("last")) {
            return more || wrong == Fault.REPEATED_CURSOR || wrong == Fault.ENDLESS_NEXT ? "more" : null;
        }
        if (wrong == Fault.REPEATED_CURSOR) {
            return cursor ? cursor(from) : address(from);
        }
        if (wrong == Fault.ENDLESS_NEXT) {
            return cursor ? cursor(0) : fresh(0);
        }
        if (wrong == Fault.EMPTY_PAGE && !cursor) {
            return fresh(from);
        }
        boolean goesOn = more || listing.paging().equals("log");
        return !goesOn ? null : cursor ? cursor(to) : address(to);
    }

    /** With the time when it was given out, where that counts. */
    private String cursor(int from) {
        return listing.cursorSecs() == 0 ? Integer.toString(from) : from + "." + System.currentTimeMillis();
    }

    /** The same page under another address. */
    private String fresh(int from) {
        return listing.paging().equals("locator")
                ? locators.fresh(listing.path(), query, from)
                : address(from) + "&t=" + System.nanoTime();
    }

    /** The page from a place on, with all else that was asked for. A log's links name no time: the place tells it. */
    private String address(int from) {
        if (listing.paging().equals("locator")) {
            return locators.address(listing.path(), query, from);
        }
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
