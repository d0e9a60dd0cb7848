package dev.outrider.vendor.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.outrider.record.RunError;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.quota.QuotaLedger;
import dev.outrider.vendor.quota.Statuses;
import dev.outrider.vendor.quota.Throttle;
import dev.outrider.vendor.spec.HttpSpec;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads replies and says of those that are none what is wrong, whether it may pass, and when. */
final class Replies {
    static final String RATE_LIMITED = QuotaLedger.RATE_LIMITED;
    private static final int ERROR_BYTES = 64 * 1024;
    private static final int SAID = 300;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(200)
                            .maxStringLength(50_000_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String integration;
    private final HttpSpec spec;
    private final List<String> errors;
    private final List<String> messages;
    private final Pattern again;

    Replies(String integration, HttpSpec spec) {
        this.integration = integration;
        this.spec = spec;
        this.errors = pointers(spec.getRetry().getErrors());
        this.messages = pointers(spec.getRetry().getMessage());
        this.again = Pattern.compile(spec.getRetry().getErrorsAgainIf());
    }

    /** The whole reply, read to its end. */
    VendorReply read(VendorRequest request, URI uri, RawReply raw) {
        int status = raw.status();
        var deadline = System.nanoTime()
                + Duration.ofSeconds(spec.getCallTimeoutSecs()).toNanos();
        var body = new CappedStream(raw.body(), spec.getMaxBodyMb() * 1024L * 1024, deadline);
        if ((status == 304 || status == 204) && request.accepted().contains(status)) {
            return new VendorReply(status, raw.headers(), MissingNode.getInstance(), uri);
        }
        if (status >= 200 && status < 300) {
            var reply = new VendorReply(status, raw.headers(), parse(uri, raw.headers(), body, status), uri);
            refuseErrors(reply);
            return reply;
        }
        if (request.accepted().contains(status)) {
            // What it says is acted upon, so half of it is no answer.
            return new VendorReply(status, raw.headers(), tree(beginning(uri, body, status)), uri);
        }
        String text;
        try {
            text = beginning(uri, body, status);
        } catch (VendorException e) {
            // The status tells enough.
            text = "";
        }
        throw failure(uri, status, raw.headers(), text, tree(text));
    }

    private JsonNode parse(URI uri, Headers headers, InputStream body, int status) {
        try {
            var tree = JSON.readTree(body);
            if (tree == null || tree.isMissingNode()) {
                throw broken("vendor.empty_body", uri, "answered " + status + " without a body", status, null);
            }
            return tree;
        } catch (JsonProcessingException e) {
            var type = headers.first("Content-Type").orElse("no content type");
            var at =
                    e.getLocation() == null ? "" : " at byte " + e.getLocation().getByteOffset();
            // Jackson's message may quote the body, which may hold anything.
            throw broken(
                    "vendor.not_json",
                    uri,
                    "answered " + status + " with a body (" + type + ") that is no whole JSON" + at,
                    status,
                    e);
        } catch (CappedStream.TooLarge e) {
            throw new VendorException(
                    "vendor.body_too_large",
                    place(uri) + " answered with more than " + spec.getMaxBodyMb() + " MB: ask for smaller pages",
                    false,
                    e);
        } catch (CappedStream.TooSlow e) {
            throw broken(
                    "vendor.timeout", uri, "took more than " + spec.getCallTimeoutSecs() + " s to answer", status, e);
        } catch (IOException e) {
            throw broken("vendor.body_cut", uri, "broke off in the middle of its answer", status, e);
        }
    }

    /** An error that came with a good status: never an empty page. */
    private void refuseErrors(VendorReply reply) {
        for (var pointer : errors) {
            var error = reply.body().at(pointer);
            boolean set = error.isContainerNode()
                    ? !error.isEmpty()
                    : !error.asText("").isBlank();
            if (set && !error.isNull()) {
                var said = said(reply.body(), error.toString());
                throw new VendorException(
                        "vendor.error_in_body",
                        place(reply.uri()) + " answered " + reply.status() + " with an error: " + said,
                        again.matcher(error + " " + said).find(),
                        reply.status());
            }
        }
    }

    private VendorException failure(URI uri, int status, Headers headers, String text, JsonNode body) {
        var said = said(body, "");
        var why = place(uri) + " answered " + status + (said.isEmpty() ? "" : ": " + said);
        var retry = spec.getRetry();
        if (Throttle.throttled(retry, spec.getQuota(), status, headers, text)) {
            var wait = Throttle.wait(spec.getQuota(), headers, Instant.now()).orElse(limitWait(headers));
            return new VendorException(
                    RunError.of(RATE_LIMITED, why + "; the vendor allows no more for now", true, status), wait, null);
        }
        if (again(headers, Statuses.of(retry.getStatuses()).contains(status))) {
            return new VendorException("vendor.server_error", why, true, status);
        }
        return switch (status) {
            case 401 ->
                new VendorException(
                        "vendor.unauthorized",
                        why + ". The credentials of " + integration + " are not accepted: renew them",
                        false,
                        status);
            case 403 ->
                new VendorException(
                        "vendor.forbidden",
                        why + ". The credentials of " + integration + " lack a permission for this" + lacking(headers),
                        false,
                        status);
            case 404 -> new VendorException("vendor.not_found", why, false, status);
            case 410 -> new VendorException("vendor.gone", why, false, status);
            default -> new VendorException("vendor.refused", why, false, status);
        };
    }

    private boolean again(Headers headers, boolean usual) {
        var name = spec.getRetry().getAdviceHeader();
        return name.isEmpty() ? usual : headers.first(name).map("true"::equals).orElse(usual);
    }

    private String lacking(Headers headers) {
        return spec.getPermissionHeader().isEmpty()
                ? ""
                : headers.first(spec.getPermissionHeader())
                        .map(named -> " (" + named.replaceAll("\\p{Cntrl}", " ") + ")")
                        .orElse("");
    }

    /** A refusal without any time: what the class says, and without that, null for the usual back-off. */
    private Duration limitWait(Headers headers) {
        int secs = spec.getRetry().getLimitWaitSecs();
        return secs > 0 ? Duration.ofSeconds(secs) : null;
    }

    private static VendorException broken(String code, URI uri, String what, int status, Exception cause) {
        return new VendorException(RunError.of(code, place(uri) + " " + what, true, status), null, cause);
    }

    private String said(JsonNode body, String fallback) {
        var text = messages.stream()
                .map(message -> Arrays.stream(message.split("\\+"))
                        .map(String::strip)
                        .map(body::at)
                        .filter(JsonNode::isValueNode)
                        .map(JsonNode::asText)
                        .filter(part -> !part.isBlank() && !part.equals("null"))
                        .collect(Collectors.joining(": ")))
                .filter(message -> !message.isEmpty())
                .findFirst()
                .orElse(fallback);
        var clean = text.replaceAll("[\\p{Cntrl}]+", " ").strip();
        return clean.length() <= SAID ? clean : clean.substring(0, SAID) + "…";
    }

    /** Host and path: a query may hold what nobody else should read. */
    static String place(URI uri) {
        return uri.getHost() + uri.getRawPath();
    }

    private static String beginning(URI uri, InputStream body, int status) {
        try {
            return new String(body.readNBytes(ERROR_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw broken("vendor.body_cut", uri, "broke off in the middle of its answer", status, e);
        }
    }

    private static JsonNode tree(String text) {
        try {
            var tree = JSON.readTree(text);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static List<String> pointers(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
