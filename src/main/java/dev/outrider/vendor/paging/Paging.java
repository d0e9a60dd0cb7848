package dev.outrider.vendor.paging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.http.VendorReply;
import java.net.URI;
import java.util.List;

/** Finds the next page of a listing, or the vendor's word that there is none. */
public final class Paging {
    private static final String BROKEN = "paging.broken";

    private final PageSpec spec;

    public Paging(PageSpec spec) {
        this.spec = spec;
    }

    /**
     * @param asked the address of this page
     * @param items what the page held
     * @param page its number in the listing, from 1
     * @return null where the listing ends here by the vendor's signal
     * @throws VendorException where the reply's word on it makes no sense
     */
    public URI next(URI asked, VendorReply reply, List<JsonNode> items, int page) {
        if (!spec.getMore().isEmpty()) {
            boolean ends = spec.getMore().startsWith("!");
            var said = reply.body().at(spec.getMore().substring(ends ? 1 : 0));
            if (!said.isBoolean()) {
                throw broken("says nothing at " + spec.getMore() + " on whether there is more");
            }
            if (said.booleanValue() == ends) {
                return null;
            }
        }
        return switch (spec.getPaging()) {
            case "link" ->
                Links.next(reply.headers()).map(link -> resolve(reply, link)).orElse(null);
            case "next" -> {
                var link = text(reply.body().at(spec.getNext()));
                yield link == null ? ended() : resolve(reply, link);
            }
            case "cursor" -> {
                var cursor = cursor(reply, items);
                yield cursor == null ? ended() : Query.put(asked, spec.getNextParam(), cursor);
            }
            case "page" -> counted(asked, reply, items, parameter("page"), spec.getFirstPage() + (long) page, page);
            case "offset" -> counted(asked, reply, items, parameter("offset"), (long) page * spec.getSize(), page);
            default -> null;
        };
    }

    /** Whether a page other than the first is asked for by something that the vendor may forget. */
    public boolean expires() {
        return List.of("link", "next", "cursor").contains(spec.getPaging());
    }

    /** The offset that an address asks for. */
    public int place(URI asked) {
        var text = Query.value(asked, parameter("offset"));
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }

    /** The same address with another offset. */
    public URI at(URI asked, int offset) {
        return Query.with(asked, parameter("offset"), Integer.toString(offset));
    }

    /** How many items there are, by the vendor's word. */
    public long total(VendorReply reply) {
        var total = reply.body().at(spec.getTotal());
        if (!total.isIntegralNumber()) {
            throw broken("tells no total at " + spec.getTotal());
        }
        return total.longValue();
    }

    /** The same for a listing that may tell it; negative where it does not. */
    public long told(VendorReply reply) {
        return spec.getTotal().isEmpty() ? -1 : reply.body().at(spec.getTotal()).asLong(-1);
    }

    /** Whether a place this far is behind the last one that the vendor gives. */
    public boolean beyond(long offset) {
        return spec.getWindow() > 0 && offset + spec.getSize() > spec.getWindow();
    }

    /** Whether this page, by its size, is the last that is due now. */
    public boolean isShort(List<JsonNode> items) {
        return spec.getEnd().equals("short") && items.size() < spec.getSize();
    }

    private URI counted(URI asked, VendorReply reply, List<JsonNode> items, String parameter, long next, int page) {
        if (!spec.getTotal().isEmpty()) {
            if (spec.getSize() > 0 && (long) page * spec.getSize() >= total(reply)) {
                return null;
            }
        }
        // A page without items is past the end: vendors that page by number have no other signal.
        return items.isEmpty() ? null : Query.put(asked, parameter, LongNode.valueOf(next));
    }

    private JsonNode cursor(VendorReply reply, List<JsonNode> items) {
        JsonNode cursor;
        if (!spec.getNext().startsWith("item:")) {
            cursor = reply.body().at(spec.getNext());
        } else if (items.isEmpty()) {
            return null;
        } else {
            cursor = items.get(items.size() - 1).at(spec.getNext().substring("item:".length()));
        }
        return text(cursor) == null ? null : cursor;
    }

    /** No next address: the end, unless the vendor just said that there is more. */
    private URI ended() {
        if (!spec.getMore().isEmpty()) {
            throw broken("says that there is more and not where");
        }
        return null;
    }

    private URI resolve(VendorReply reply, String link) {
        try {
            // A link that is a query alone stays on its page (RFC 3986, 5.2.2); java.net.URI would cut off the last
            // segment.
            return link.startsWith("?")
                    ? URI.create(reply.uri().toString().replaceFirst("[?#].*", "") + link)
                    : reply.uri().resolve(link);
        } catch (IllegalArgumentException e) {
            throw broken("names a next page that is no address");
        }
    }

    private String parameter(String usual) {
        return spec.getNextParam().isEmpty() ? usual : spec.getNextParam();
    }

    private static String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() && !node.asText().isBlank() ? node.asText() : null;
    }

    private static VendorException broken(String what) {
        return new VendorException(BROKEN, "the reply " + what, false, 0);
    }
}
