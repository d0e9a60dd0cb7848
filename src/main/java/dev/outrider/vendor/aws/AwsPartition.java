package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/** One operation in one account and region: its pages, with what the details and children add to each item. */
final class AwsPartition {
    private static final int MOST_ITEMS = 500;

    private final AwsAccess access;
    private final AwsListing listing;
    private final ObjectNode request;
    private final String account;
    private final String region;
    private final Map<String, JsonNode> ofAccount = new HashMap<>();

    AwsPartition(AwsAccess access, AwsListing listing, ObjectNode request, String account, String region) {
        this.access = access;
        this.listing = listing;
        this.request = request;
        this.account = account;
        this.region = region;
    }

    String region() {
        return region;
    }

    String where() {
        return " in account " + account + ", " + region;
    }

    /**
     * Reads to the end.
     *
     * @param pages takes each page; what it throws ends the reading
     * @throws SdkException as the SDK does
     */
    void read(Consumer<List<JsonNode>> pages) {
        var pager = new AwsPager(listing.call(), request, listing.items(), listing.tokens());
        while (pager.hasNext()) {
            var items = new ArrayList<JsonNode>();
            for (var found : pager.next(access, account, region)) {
                var item = marked(object(found));
                detail(item);
                if (listing.children() == null) {
                    items.add(item);
                } else {
                    children(item, pages);
                }
            }
            for (int from = 0; from < items.size(); from += MOST_ITEMS) {
                pages.accept(List.copyOf(items.subList(from, Math.min(items.size(), from + MOST_ITEMS))));
            }
        }
    }

    /** Some listings are of bare names: those become {@code value}. */
    private static ObjectNode object(JsonNode found) {
        return found instanceof ObjectNode object
                ? object
                : JsonNodeFactory.instance.objectNode().set("value", found);
    }

    private void detail(ObjectNode item) {
        for (var detail : listing.details().entrySet()) {
            var call = detail.getValue();
            var asked = call.request(item, value -> value);
            if (asked != null) {
                var told = call.ofPlace()
                        ? ofAccount.computeIfAbsent(detail.getKey(), name -> told(call, region, asked))
                        : told(call, regionOf(item), asked);
                item.set(detail.getKey(), told);
            }
        }
    }

    private JsonNode told(AwsCall call, String where, ObjectNode asked) {
        try {
            return access.call(call, account, where, asked);
        } catch (SdkException e) {
            if (listing.absent(AwsErrors.code(e))) {
                return JsonNodeFactory.instance.nullNode();
            }
            if (AwsErrors.denied(e)) {
                // A resource's own policy may keep us out: then the item is told without it.
                return JsonNodeFactory.instance.objectNode().put("denied", true);
            }
            throw AwsErrors.of(e, call, where());
        }
    }

    private void children(ObjectNode parent, Consumer<List<JsonNode>> pages) {
        var asked = listing.children().request(parent, value -> value);
        if (asked == null) {
            return;
        }
        var pager = new AwsPager(listing.children(), asked, listing.childItems(), listing.childTokens());
        try {
            while (pager.hasNext()) {
                var items = new ArrayList<JsonNode>();
                for (var child : pager.next(access, account, regionOf(parent))) {
                    items.add(marked(object(child)).set("parent", parent));
                }
                if (!items.isEmpty()) {
                    pages.accept(items);
                }
            }
        } catch (SdkException e) {
            if (!listing.absent(AwsErrors.code(e))) {
                throw AwsErrors.of(e, listing.children(), where());
            }
        }
    }

    private String regionOf(ObjectNode item) {
        var told = listing.detailRegion().isEmpty()
                ? ""
                : item.at(listing.detailRegion()).asText("");
        return told.isBlank() || told.equals("null") ? region : told;
    }

    /** With where it was found, under {@code aws}: most answers do not say. */
    private ObjectNode marked(ObjectNode item) {
        var where = JsonNodeFactory.instance
                .objectNode()
                .put("account", account)
                .put("region", region)
                .put("partition", access.identity().partition());
        item.set("aws", where);
        return item;
    }
}
