package dev.outrider.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.DeliveredMark;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a class's deliveries are verified and read: the {@code webhook} section of its descriptor. */
public class WebhookSpec {
    private static final String STREAMS = "stream:";

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
    private String marks = "";
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
     * A line for one event or several: {@code event[.action], event => mapping}, or {@code => stream:<name>,<name>} where the event only tells that a job is to
     * collect these streams. {@code begin*} is for events that begin so, {@code *} for every other. What has no line is accepted, counted
     * and dropped.
     */
    public void setMappings(String mappings) {
        this.mappings = mappings;
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

    public String getMarks() {
        return marks;
    }

    /**
     * A line for one event or several, named as in the mappings: {@code event => stream: /pointer,/pointer}. What the pointers find in the item tells the
     * stream, at {@code delivered} of its {@code pages:}, that the object came already.
     */
    public void setMarks(String marks) {
        this.marks = marks;
    }

    /** What an event leads to by its most particular name: a mapping or streams; null where it has none. */
    String target(String event, String action) {
        return found(mappings, event, action);
    }

    /** What marks an event's object as delivered; empty where nothing does. */
    Optional<String> mark(String event, String action, JsonNode item) {
        var line = found(marks, event, action);
        if (line == null) {
            return Optional.empty();
        }
        int colon = line.indexOf(':');
        return DeliveredMark.of(line.substring(0, colon).strip(), item, line.substring(colon + 1));
    }

    private static String found(String lines, String event, String action) {
        String found = null;
        int best = -1;
        for (var line : lines.split("\\R")) {
            var sides = line.split("=>");
            if (sides.length == 2) {
                int rank = Stream.of(sides[0].split(","))
                        .mapToInt(name -> rank(name.strip(), event, action))
                        .max()
                        .orElse(-1);
                if (rank > best) {
                    best = rank;
                    found = sides[1].strip();
                }
            }
        }
        return found;
    }

    /** The streams that a line leads to; none where it leads to a mapping. */
    static List<String> streams(String target) {
        return target.startsWith(STREAMS)
                ? Stream.of(target.substring(STREAMS.length()).split(","))
                        .map(String::strip)
                        .toList()
                : List.of();
    }

    /** All streams that any line leads to or marks. */
    public List<String> streams() {
        return Stream.concat(
                        targets(mappings).flatMap(target -> streams(target).stream()),
                        targets(marks).map(mark -> mark.replaceFirst(":.*", "").strip()))
                .distinct()
                .toList();
    }

    private static Stream<String> targets(String lines) {
        return lines.lines()
                .map(line -> line.split("=>"))
                .filter(sides -> sides.length == 2)
                .map(sides -> sides[1].strip());
    }

    private static int rank(String name, String event, String action) {
        if (name.equals(event + "." + action)) {
            return Integer.MAX_VALUE;
        }
        if (name.equals(event)) {
            return Integer.MAX_VALUE - 1;
        }
        return name.endsWith("*") && event.startsWith(name.substring(0, name.length() - 1)) ? name.length() : -1;
    }
}
