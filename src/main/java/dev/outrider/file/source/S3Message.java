package dev.outrider.file.source;

import java.util.Set;

/** A message received from the queue of a bucket's events. */
final class S3Message {
    private final String id;
    private final String body;
    private String receipt;

    /** What it names and is not yet durable; null until known, and for ever where nobody understands it. */
    private Set<String> units;

    S3Message(String id, String body, String receipt) {
        this.id = id;
        this.body = body;
        this.receipt = receipt;
    }

    String id() {
        return id;
    }

    String body() {
        return body;
    }

    /** What the queue knows this delivery by. */
    synchronized String receipt() {
        return receipt;
    }

    /** It came once more: from now on only the newer receipt is certain to hold. */
    synchronized void receipt(String newer) {
        receipt = newer;
    }

    synchronized void waitFor(Set<String> open) {
        units = open;
    }

    /** What it still waits for, or nothing. */
    synchronized Set<String> open() {
        return units == null ? Set.of() : Set.copyOf(units);
    }

    synchronized void durable(String unit) {
        if (units != null) {
            units.remove(unit);
        }
    }

    /** Whether all that it names is durable. */
    synchronized boolean done() {
        return units != null && units.isEmpty();
    }
}
