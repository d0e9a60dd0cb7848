package dev.outrider.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How a class's deliveries are verified and read: the {@code webhook} section of its descriptor. */
public class WebhookSpec {
    private static final String HEADER = "header:";

    private String scheme;
    private String signatureHeader = "X-Signature";
    private String prefix = "";
    private String algorithm = "sha256";
    private String encoding = "hex";
    private String replay = "";
    private String items = "";
    private String event = "";
    private String action = "";
    private String mappings = "";
    private List<EventLine> lines = List.of();
    private String challengeHeader = "";
    private int toleranceSecs = 300;

    public String getScheme() {
        return scheme;
    }

    /** How deliveries are verified: hmac, stripe, standard, static, bearer, basic, mtls or salesforce; without one the class takes none. */
    public void setScheme(String scheme) {
        this.scheme = scheme;
    }

    public String getSignatureHeader() {
        return signatureHeader;
    }

    /** The header of the signature (hmac) or of the secret (static). */
    public void setSignatureHeader(String signatureHeader) {
        this.signatureHeader = signatureHeader;
    }

    public String getPrefix() {
        return prefix;
    }

    /** What stands before the signature: {@code sha256=}. */
    public void setPrefix(String prefix) {
        this.prefix = prefix;
    }

    public String getAlgorithm() {
        return algorithm;
    }

    /** Of hmac: sha256 or sha512. */
    public void setAlgorithm(String algorithm) {
        this.algorithm = algorithm;
    }

    public String getEncoding() {
        return encoding;
    }

    /** Of hmac: hex or base64. */
    public void setEncoding(String encoding) {
        this.encoding = encoding;
    }

    public String getReplay() {
        return replay;
    }

    /** JSON pointer into the signed body of what identifies a delivery; without one, the digest of the body. */
    public void setReplay(String replay) {
        this.replay = replay;
    }

    public String getItems() {
        return items;
    }

    /** JSON pointer to the array of items in the body; without one the body is the item, or the array of them. */
    public void setItems(String items) {
        this.items = items;
    }

    public String getEvent() {
        return event;
    }

    /** What names the event: a JSON pointer into the item, or {@code header:X-Name}. */
    public void setEvent(String event) {
        this.event = event;
    }

    public String getAction() {
        return action;
    }

    /** JSON pointer to what is added to the event's name behind a dot. */
    public void setAction(String action) {
        this.action = action;
    }

    public String getMappings() {
        return mappings;
    }

    /**
     * A line for one event or several: {@code event[.action], event => mapping}, with {@code brings <stream> [/pointer]} behind it where the
     * event holds an object as that stream lists it, or {@code => stream:<name>,<name>} where the event only tells that a job is to
     * collect these streams. {@code begin*} is for events that begin so, {@code *} for every other. What has no line is accepted, counted
     * and dropped.
     */
    public void setMappings(String mappings) {
        this.mappings = mappings;
        this.lines = mappings.lines()
                .filter(line -> !line.isBlank())
                .map(EventLine::of)
                .toList();
    }

    public String getChallengeHeader() {
        return challengeHeader;
    }

    /** The header of a verification by GET; it is answered as {@code {"verification":"…"}}. */
    public void setChallengeHeader(String challengeHeader) {
        this.challengeHeader = challengeHeader;
    }

    public int getToleranceSecs() {
        return toleranceSecs;
    }

    /** How far a signed time may be from now, in either direction. */
    public void setToleranceSecs(int toleranceSecs) {
        this.toleranceSecs = toleranceSecs;
    }

    /** Whether the class takes deliveries. */
    public boolean declared() {
        return scheme != null && !scheme.isBlank();
    }

    /** The line for an event by its most particular name; empty where there is none. */
    Optional<EventLine> line(String event, String action) {
        EventLine found = null;
        int best = -1;
        for (var line : lines) {
            int rank = line.rank(event, action);
            if (rank > best) {
                best = rank;
                found = line;
            }
        }
        return Optional.ofNullable(found);
    }

    /** The event of an item. */
    String event(JsonNode item, Map<String, String> headers) {
        return event.startsWith(HEADER)
                ? headers.getOrDefault(event.substring(HEADER.length()).toLowerCase(Locale.ROOT), "")
                : item.at(event).asText();
    }

    String action(JsonNode item) {
        return action.isEmpty() ? "" : item.at(action).asText();
    }

    /** All streams that any line has collected. */
    public Set<String> collected() {
        return lines.stream().flatMap(line -> line.collects().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** All streams whose objects come with events. */
    public Set<String> brought() {
        return lines.stream()
                .map(EventLine::brings)
                .filter(stream -> !stream.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Which objects of a stream come with events; empty where none do. Where its objects are the events themselves, those of a line. */
    public Optional<Predicate<JsonNode>> brought(String stream) {
        if (!brought().contains(stream)) {
            return Optional.empty();
        }
        boolean within = event.startsWith(HEADER)
                || lines.stream()
                        .anyMatch(line ->
                                line.brings().equals(stream) && !line.object().isEmpty());
        return Optional.of(item -> within
                || line(event(item, Map.of()), action(item))
                        .filter(line -> line.brings().equals(stream))
                        .isPresent());
    }
}
