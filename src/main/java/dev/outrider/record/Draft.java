package dev.outrider.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.value.Host;
import java.util.ArrayList;
import java.util.List;

/**
 * One record on its way to the sink. Items of a page that yield the very same record share one draft, so that it is checked, filtered
 * and digested once however often it is met.
 */
public final class Draft {
    private final String kind;
    private final ObjectNode data;
    private final String key;
    private final List<Host> hosts;
    private final List<Draft> companions = new ArrayList<>(2);

    private String visited;
    private Long ttl;
    private String refusal;
    private boolean checked;
    private Boolean outOfScope;
    private boolean identified;
    private Identified identity;
    private byte[] line;
    private Runnable onEmitted;

    /**
     * @param data the record's content, normalised; run fields are added by the envelope
     * @param hosts the hosts it is, or lies on: what the scope filter judges; empty where it has none
     */
    public Draft(String kind, String key, ObjectNode data, List<Host> hosts) {
        this.kind = kind;
        this.key = key;
        this.data = data;
        this.hosts = hosts;
    }

    public String kind() {
        return kind;
    }

    public String key() {
        return key;
    }

    public ObjectNode data() {
        return data;
    }

    public List<Host> hosts() {
        return hosts;
    }

    /** The vendor's last sighting, RFC 3339, or null. It is no content: a run changes it. */
    public String visited() {
        return visited;
    }

    /** Absolute Unix seconds, 0 for never, or null for the default. No content either. */
    public Long ttl() {
        return ttl;
    }

    public void seen(String visited, Long ttl) {
        this.visited = visited;
        this.ttl = ttl;
    }

    /** Files that go where this record goes: a risk's definition and proof. */
    public List<Draft> companions() {
        return companions;
    }

    /** What the schema has against it, or null; known once {@link #checked()}. */
    public String refusal() {
        return refusal;
    }

    public boolean checked() {
        return checked;
    }

    public void checked(String refusal) {
        this.checked = true;
        this.refusal = refusal;
    }

    /** The scope filter's word, or null where it was not asked yet. */
    public Boolean outOfScope() {
        return outOfScope;
    }

    public void outOfScope(boolean outOfScope) {
        this.outOfScope = outOfScope;
    }

    public boolean identified() {
        return identified;
    }

    /** @param identity null where this unit emitted the same record before */
    public void identified(Identified identity) {
        this.identified = true;
        this.identity = identity;
        if (onEmitted != null) {
            onEmitted.run();
        }
    }

    /** Called once the record is known to be emitted, now or earlier in its unit. */
    public void onEmitted(Runnable then) {
        this.onEmitted = then;
    }

    public Identified identity() {
        return identity;
    }

    /** The finished line with its line end, or null before the envelope. */
    public byte[] line() {
        return line;
    }

    /** Sets the line and lets the content go: a page holds each record once. */
    public void line(byte[] line) {
        this.line = line;
        this.identity = new Identified(identity.high(), identity.low(), identity.digest(), null);
    }

    /**
     * @param high first half of the record's id
     * @param digest SHA-256 over the content, in hexadecimal
     * @param content the content as one JSON object, fields sorted; null once the line is made
     */
    public record Identified(long high, long low, String digest, byte[] content) {}
}
