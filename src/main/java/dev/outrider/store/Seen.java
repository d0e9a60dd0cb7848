package dev.outrider.store;

import java.time.Instant;

/**
 * An identity that was collected.
 *
 * @param identity what is equal when the same thing is met again, for instance bucket, key and version of an object
 * @param at the source's own time of it (an object's LastModified, a file's modification time), by which the set is pruned
 * @param unit the unit under which its records were emitted
 */
public record Seen(String identity, Instant at, String unit) {}
