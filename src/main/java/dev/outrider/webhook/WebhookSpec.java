package dev.outrider.webhook;

/** How a class's deliveries are verified and read: the {@code webhook} section of its descriptor. */
public class WebhookSpec {
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

    /** One line an event: {@code event[.action] => mapping}; {@code *} is for every other. What has none is accepted, counted and dropped. */
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

    /** The mapping of an event by its most particular name; null where it has none. */
    String mapping(String event, String action) {
        String found = null;
        int best = 0;
        for (var line : mappings.split("\\R")) {
            var sides = line.split("=>");
            if (sides.length == 2) {
                var name = sides[0].strip();
                int rank = name.equals(event + "." + action) ? 3 : name.equals(event) ? 2 : name.equals("*") ? 1 : 0;
                if (rank > best) {
                    best = rank;
                    found = sides[1].strip();
                }
            }
        }
        return found;
    }
}
