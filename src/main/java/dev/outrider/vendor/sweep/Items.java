package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a page lists, and the whole objects of it. */
final class Items {
    private final Listing listing;
    private final Details details;
    private final Requests requests;

    Items(VendorClient client, StreamRun run, Listing listing) {
        this.listing = listing;
        this.requests = new Requests(client);
        this.details = new Details(client, run, listing.spec().getDetails(), listing.headers());
    }

    /** @throws VendorException where the reply holds no list: never an empty page */
    List<JsonNode> listed(VendorReply reply) {
        var list = VendorClient.at(reply.body(), listing.spec().getItems());
        if (listing.spec().isSingle() && list.isObject()) {
            list = JsonNodeFactory.instance.arrayNode().add(list);
        }
        if (!list.isArray()) {
            var where = listing.spec().getItems().isEmpty()
                    ? ""
                    : " at " + listing.spec().getItems();
            throw new VendorException(
                    "vendor.unexpected_body",
                    reply.uri().getHost() + reply.uri().getRawPath() + " answered with " + list.getNodeType() + where
                            + " where a list of items was due",
                    false,
                    reply.status());
        }
        var items = new ArrayList<JsonNode>(list.size());
        list.forEach(items::add);
        return items;
    }

    /** The objects behind what is listed, without what must not enter, stamped as those of the part that they were listed for. */
    List<JsonNode> whole(List<JsonNode> listed, String part) {
        var whole = details.of(listed);
        var omit = listing.spec().getOmit();
        if (listing.stamps().isEmpty() && omit.isEmpty()) {
            return whole;
        }
        var stamps = requests.stamps(listing, part);
        var changed = new ArrayList<JsonNode>(whole.size());
        for (var item : whole) {
            // A copy: what was listed is compared with the next page, to notice a listing that leads in a circle.
            changed.add(item instanceof ObjectNode object ? changed(object.deepCopy(), stamps, omit) : item);
        }
        return changed;
    }

    private static ObjectNode changed(ObjectNode item, Map<String, String> stamps, String omit) {
        item.remove(List.of(omit.split("\\s*,\\s*")));
        stamps.forEach(item::put);
        return item;
    }
}
