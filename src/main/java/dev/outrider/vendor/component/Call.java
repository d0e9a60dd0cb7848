package dev.outrider.vendor.component;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.record.mapping.MappingRegistry;
import dev.outrider.record.value.RecordFault;
import dev.outrider.vendor.http.Form;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.quota.Waiter;
import dev.outrider.vendor.sweep.Requests;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Sends one request, as often as it takes, under a key by which the vendor does it once. */
record Call(VendorClient client, MappingRegistry mappings, StreamRun run, CallEndpoint spec) {
    /**
     * @param request what was asked for
     * @throws RunException {@code action.invalid} where the mapping refuses it
     */
    JsonNode answer(JsonNode request) {
        var asked = JsonNodeFactory.instance.objectNode();
        asked.set("request", request);
        asked.set("settings", run.integration().settings());
        var sent = mapped(spec.getInput(), asked);
        var invalid = sent.path("invalid");
        if (!invalid.isMissingNode()) {
            throw refused(StreamSupport.stream(invalid.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining("; ")));
        }
        boolean json = spec.getForm().equals("json");
        var headers = new HashMap<>(spec.headers());
        headers.put("Content-Type", json ? "application/json" : "application/x-www-form-urlencoded");
        headers.put(spec.getIdempotencyHeader(), key(sent));
        var body = (json ? sent.toString() : Form.brackets(sent)).getBytes(StandardCharsets.UTF_8);
        var uri = new Requests(client).uri(spec.getPath(), Map.of(), Map.of());
        var reply = client.call(
                new VendorRequest(spec.getMethod(), uri, headers, body, spec.getPath(), Set.of()), Waiter.of(run));
        return spec.getOutput().isEmpty() ? reply.body() : mapped(spec.getOutput(), reply.body());
    }

    private JsonNode mapped(String mapping, JsonNode input) {
        try {
            return mappings.get(mapping).apply(input);
        } catch (RecordFault e) {
            throw refused(e.getMessage());
        }
    }

    /** The same for the same thing of the same integration, so that whoever asks twice gets what was made once; tells nothing else. */
    private String key(JsonNode sent) {
        var what = sent.at(spec.getIdempotencyKey()).asText("");
        if (what.isBlank()) {
            throw refused("nothing tells what the request is for, at " + spec.getIdempotencyKey());
        }
        var whose = JsonNodeFactory.instance
                .arrayNode()
                .add(run.integration().tenant())
                .add(run.integration().name())
                .add(run.stream())
                .add(what);
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(whose.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 20);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RunException refused(String why) {
        return new RunException(RunError.of("action.invalid", why, false));
    }
}
