package dev.outrider.vendor.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.vendor.http.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How one operation is listed: the parameters of {@code aws-api:<service>/<operation>}. */
public final class AwsListing {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> SCOPES = Set.of("region", "account", "organization");

    private final AwsCall call;
    private final Map<String, AwsCall> details = new LinkedHashMap<>();
    private String scope;
    private String items;
    private Map<String, String> tokens;
    private String request = "{}";
    private String since = "";
    private String overlap = "PT1H";
    private String absent = "";
    private String detailRegion = "";
    private AwsCall children;
    private String childItems = "";
    private Map<String, String> childTokens = Map.of();
    private int concurrency = 8;
    private String mapping = "";
    private String match = "";
    private final Map<String, String> finds;

    /**
     * @param details calls whose answers are put into each item, by the field
     * @param finds how ARNs of these types are looked up
     */
    AwsListing(AwsCall call, Map<String, String> details, Map<String, String> finds) {
        this.finds = finds;
        this.call = call;
        this.scope = AwsServices.global(call.service()) ? "account" : "region";
        var shape = AwsShape.of(call);
        this.items = shape.items().orElse("");
        this.tokens = shape.tokens();
        details.forEach((name, text) -> this.details.put(name, AwsCall.of(text)));
    }

    /**
     * {@code region} (once for each account and enabled region), {@code account} or {@code organization} (once); by default {@code account} for
     * services that have one endpoint for all regions.
     */
    public void setScope(String scope) {
        this.scope = scope;
    }

    /** JSON pointer of the list in the answer, by default its only one; where it passes through lists, all their elements count. */
    public void setItems(String items) {
        this.items = items;
    }

    /** The request's members, as JSON. */
    public void setRequest(String request) {
        this.request = request;
    }

    /** Members besides, for runs that have a time to begin from: {@code {since}} and {@code {now}} are RFC 3339. */
    public void setSince(String since) {
        this.since = since;
    }

    /** How far before the last complete run's start a run begins. */
    public void setOverlap(String overlap) {
        this.overlap = overlap;
    }

    /** Error codes of details that mean that the item has no such thing. */
    public void setAbsent(String absent) {
        this.absent = absent;
    }

    /** Where an item tells the region that its details are asked in. */
    public void setDetailRegion(String detailRegion) {
        this.detailRegion = detailRegion;
    }

    /** A listing for each item; what it holds are the items then, each with its {@code parent}. */
    public void setChildren(String children) {
        this.children = AwsCall.of(children);
        var shape = AwsShape.of(this.children);
        this.childItems = shape.items().orElse("");
        this.childTokens = shape.tokens();
    }

    /** Regions that are listed side by side. */
    public void setConcurrency(int concurrency) {
        this.concurrency = concurrency;
    }

    /** What makes records of the items; empty where the route's {@code kamelet:records} says it. */
    public void setMapping(String mapping) {
        this.mapping = mapping;
    }

    /** Where an item says the last part of its ARN: for look-ups by this very listing, which then search. */
    public void setMatch(String match) {
        this.match = match;
    }

    /** @throws IllegalArgumentException naming the first parameter that makes no sense */
    void check() {
        if (!SCOPES.contains(scope)) {
            throw new IllegalArgumentException("aws-api: scope=" + scope + " is none of " + SCOPES);
        }
        if (items.isEmpty()) {
            throw new IllegalArgumentException(
                    "aws-api: " + call.name() + " needs items: its answer has not one list but none or several");
        }
        if (children != null && childItems.isEmpty()) {
            throw new IllegalArgumentException("aws-api: " + children.name() + " does not answer with one list");
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("aws-api: concurrency is 1 or more");
        }
        Duration.parse(overlap);
        request(Instant.EPOCH, Instant.EPOCH);
        lookups();
    }

    /** How ARNs of what is listed are looked up. */
    List<AwsLookup> lookups() {
        return finds.entrySet().stream()
                .map(find -> AwsLookup.of(this, find.getKey(), find.getValue(), match))
                .toList();
    }

    String mapping() {
        return mapping;
    }

    AwsCall call() {
        return call;
    }

    /** What the listing is told apart by from others of its stream. */
    String name() {
        return children == null ? call.name() : call.name() + " " + children.name();
    }

    String scope() {
        return scope;
    }

    String items() {
        return items;
    }

    Map<String, String> tokens() {
        return tokens;
    }

    Map<String, AwsCall> details() {
        return details;
    }

    boolean absent(String code) {
        return Arrays.asList(absent.split(",")).contains(code);
    }

    String detailRegion() {
        return detailRegion;
    }

    AwsCall children() {
        return children;
    }

    String childItems() {
        return childItems;
    }

    Map<String, String> childTokens() {
        return childTokens;
    }

    int concurrency() {
        return concurrency;
    }

    Duration overlap() {
        return Duration.parse(overlap);
    }

    /** @param from null for everything */
    ObjectNode request(Instant from, Instant now) {
        var filled = object(request);
        if (from != null && !since.isEmpty()) {
            var values = Map.of("since", from.toString(), "now", now.toString());
            filled.setAll(object(Template.fill(since, values::get)));
        }
        return filled;
    }

    private ObjectNode object(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("aws-api: " + call.name() + ": " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("aws-api: " + call.name() + ": the request is a JSON object, not " + text);
    }
}
