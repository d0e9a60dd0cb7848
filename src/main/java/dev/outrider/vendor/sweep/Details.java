package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.paging.DetailSpec;
import dev.outrider.vendor.paging.Query;
import dev.outrider.vendor.quota.Waiter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The whole objects of a listing that gives only their ids, asked for in batches. */
final class Details {
    /** Why an item is dropped whose object the vendor did not give, though it was asked for twice. */
    static final String MISSING = "without_details";

    private final VendorClient client;
    private final StreamRun run;
    private final DetailSpec spec;
    private final Map<String, String> headers;
    private final Requests requests;

    Details(VendorClient client, StreamRun run, DetailSpec spec, Map<String, String> headers) {
        this.client = client;
        this.run = run;
        this.spec = spec;
        this.headers = headers;
        this.requests = new Requests(client);
    }

    /** The objects in the order of the listing. What the vendor leaves out is asked for once more, then counted as dropped; where that is all of several, it is no answer. */
    List<JsonNode> of(List<JsonNode> listed) {
        if (spec.getPath().isEmpty() || listed.isEmpty()) {
            return listed;
        }
        var found = new LinkedHashMap<String, JsonNode>();
        for (var item : listed) {
            var id = item.at(spec.getOf());
            if (!id.isValueNode() || id.isNull()) {
                throw new VendorException(
                        "vendor.unexpected_body",
                        "an item of the listing has no id at '" + spec.getOf() + "' to ask for its details by",
                        false,
                        200);
            }
            found.put(id.asText(), null);
        }
        ask(found);
        if (found.containsValue(null)) {
            ask(found);
        }
        long missing = found.values().stream().filter(Objects::isNull).count();
        if (missing == found.size() && missing > 1) {
            // Single ones may be gone since they were listed, and one may be the whole page. Where several were listed
            // and
            // none is there, the account may not see them, or it was no answer.
            throw new VendorException(
                    "details.left_out",
                    client.host() + spec.getPath() + " gave none of the " + missing
                            + " objects that the listing names, though it was asked twice",
                    true,
                    200);
        }
        if (missing > 0) {
            run.counts().dropped(MISSING, missing);
        }
        return found.values().stream().filter(Objects::nonNull).toList();
    }

    private void ask(Map<String, JsonNode> found) {
        var due = found.entrySet().stream()
                .filter(entry -> entry.getValue() == null)
                .map(Map.Entry::getKey)
                .toList();
        for (int from = 0; from < due.size(); from += spec.getSize()) {
            var batch = due.subList(from, Math.min(due.size(), from + spec.getSize()));
            var reply = client.call(request(batch), Waiter.of(run));
            var objects = VendorClient.at(reply.body(), spec.getItems());
            if (!objects.isArray()) {
                throw new VendorException(
                        "vendor.unexpected_body",
                        reply.uri().getHost() + reply.uri().getRawPath() + " gave no list of details at '"
                                + spec.getItems() + "'",
                        false,
                        reply.status());
            }
            for (var object : objects) {
                // What was not asked for is none of ours.
                found.replace(object.at(spec.getId()).asText(), object);
            }
        }
    }

    private VendorRequest request(List<String> batch) {
        var sent = new HashMap<>(headers);
        if (spec.getMethod().equals("GET")) {
            var uri = requests.uri(spec.getPath(), Map.of(), Map.of());
            var query = batch.stream()
                    .map(id -> Query.encode(spec.getParam()) + "=" + Query.encode(id))
                    .collect(Collectors.joining("&"));
            var whole = URI.create(uri + (uri.getRawQuery() == null ? "?" : "&") + query);
            return VendorRequest.get(whole, spec.getPath()).with(sent);
        }
        var ids = JsonNodeFactory.instance.arrayNode();
        batch.forEach(ids::add);
        var body = JsonNodeFactory.instance.objectNode();
        Body.put(body, spec.getParam(), ids);
        sent.put("Content-Type", "application/json");
        return new VendorRequest(
                "POST",
                requests.uri(spec.getPath(), Map.of(), Map.of()),
                sent,
                body.toString().getBytes(StandardCharsets.UTF_8),
                spec.getPath(),
                Set.of());
    }
}
