package dev.outrider.vendor.export;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.http.Template;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorReply;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.quota.Statuses;
import dev.outrider.vendor.quota.Statuses.Rule;
import dev.outrider.vendor.quota.Waiter;
import dev.outrider.vendor.sweep.Requests;
import dev.outrider.vendor.sweep.Watermarks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The calls of an export: begin or adopt it, look at it, fetch a chunk. */
final class ExportJob {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Containers and users that may not see the list of exports: it is asked for a time only. */
    private static final Set<Integer> UNTOLD = Set.of(400, 403, 404);

    private final VendorClient client;
    private final Waiter waiter;
    private final String path;
    private final ExportSpec spec;
    private final List<Rule> adopt;

    ExportJob(VendorClient client, Waiter waiter, String path, ExportSpec spec) {
        this.client = client;
        this.waiter = waiter;
        this.path = path;
        this.spec = spec;
        this.adopt = Statuses.rules(spec.getAdopt());
    }

    /**
     * An export that runs.
     *
     * @param adopted whether somebody else asked for it, or a request of ours that was never answered
     * @param asked when an adopted one was asked for, and so how far it reaches; null where the vendor does not tell
     */
    record Begun(String id, boolean adopted, Instant asked) {}

    /**
     * Begins an export, or adopts the same one where the vendor says that it runs already.
     *
     * @param since null for everything
     */
    Begun begin(Instant since) {
        var adoptable = adopt.stream().map(Rule::status).collect(Collectors.toSet());
        var reply = post(since, adoptable);
        if (!reply.ok()) {
            var adopted = adopted(reply);
            if (adopted != null) {
                return adopted.asked() != null ? adopted : new Begun(adopted.id(), true, listed(adopted.id()));
            }
            // A refusal of another kind: this time it is waited for, or thrown, as any other.
            reply = post(since, Set.of());
        }
        var id = reply.body().at(spec.getId()).asText("");
        if (id.isBlank()) {
            throw new VendorException(
                    "vendor.unexpected_body",
                    reply.uri().getHost() + reply.uri().getRawPath() + " began an export and tells no id at "
                            + spec.getId(),
                    false,
                    reply.status());
        }
        return new Begun(id, false, null);
    }

    private VendorReply post(Instant since, Set<Integer> accepted) {
        var uri = new Requests(client).uri(path, Map.of(), Map.of());
        var headers = Map.of("Content-Type", "application/json");
        return client.call(new VendorRequest("POST", uri, headers, body(since), path, accepted), waiter);
    }

    private byte[] body(Instant since) {
        var body = object(spec.getBody(), Instant.EPOCH);
        if (since != null && !spec.getSince().isEmpty()) {
            merge(body, object(spec.getSince(), since));
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void merge(ObjectNode into, ObjectNode more) {
        more.fields().forEachRemaining(field -> {
            if (into.get(field.getKey()) instanceof ObjectNode inner && field.getValue() instanceof ObjectNode other) {
                merge(inner, other);
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    private ObjectNode object(String text, Instant since) {
        var filled = Template.fill(text, name -> switch (name) {
            case "since" -> since.toString();
            case "sinceSecs" -> Long.toString(since.getEpochSecond());
            case "sinceMillis" -> Long.toString(since.toEpochMilli());
            default -> client.values().settings().apply(name);
        });
        try {
            if (JSON.readTree(filled) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "export:" + path + ": the body is no JSON: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("export:" + path + ": the body is a JSON object, not " + text);
    }

    private Begun adopted(VendorReply reply) {
        for (var rule : adopt) {
            if (rule.status() != reply.status()) {
                continue;
            }
            if (rule.text().startsWith("/")) {
                var id = reply.body().at(rule.text()).asText("");
                if (!id.isBlank()) {
                    return new Begun(id, true, null);
                }
                continue;
            }
            var found = Pattern.compile(rule.text()).matcher(reply.body().toString());
            if (found.find()) {
                return new Begun(found.group(1), true, found.groupCount() > 1 ? time(found.group(2)) : null);
            }
        }
        return null;
    }

    /** When the export was asked for, by the vendor's list of them; null where that does not tell. */
    private Instant listed(String id) {
        if (spec.getList().isEmpty()) {
            return null;
        }
        var uri = new Requests(client).uri(spec.getList(), Map.of(), Map.of());
        var reply = client.call(VendorRequest.get(uri, spec.getList()).accepting(UNTOLD), waiter);
        for (var export : reply.body().at(spec.getListItems())) {
            if (reply.ok() && export.at(spec.getListId()).asText().equals(id)) {
                return Watermarks.of(export, JsonPointer.compile(spec.getListCreated()));
            }
        }
        return null;
    }

    private static Instant time(String text) {
        var node = JsonNodeFactory.instance;
        return text == null
                ? null
                : Watermarks.of(
                        text.matches("\\d{1,18}") ? node.numberNode(Long.parseLong(text)) : node.textNode(text),
                        JsonPointer.empty());
    }

    /** How far it is; a 404 where the vendor no longer has it. */
    VendorReply look(String id) {
        var uri = new Requests(client).uri(spec.getStatus(), Map.of(), Map.of("id", id));
        return client.call(VendorRequest.get(uri, spec.getStatus()).accepting(Set.of(404)), waiter);
    }

    /** A chunk's items. */
    JsonNode fetch(String id, String chunk) {
        var uri = new Requests(client).uri(spec.getChunk(), Map.of(), Map.of("id", id, "chunk", chunk));
        var reply = client.call(VendorRequest.get(uri, spec.getChunk()), waiter);
        var items = VendorClient.at(reply.body(), spec.getItems());
        if (items.isNull()) {
            // An empty chunk is written so as well.
            return JsonNodeFactory.instance.arrayNode();
        }
        if (!items.isArray()) {
            throw new VendorException(
                    "vendor.unexpected_body",
                    uri.getHost() + uri.getRawPath() + " answered with " + items.getNodeType()
                            + " where a chunk's list was due",
                    false,
                    reply.status());
        }
        return items;
    }
}
