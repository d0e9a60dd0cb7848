package dev.outrider.store;

import java.time.Instant;

/**
 * The items of a page that a later sweep may meet again, one row a page: a row for each item would cost more than the item itself.
 *
 * @param at the latest time of any of them, by which the row is pruned
 * @param digests 16 bytes an item, one after the other
 */
public record Marks(Instant at, byte[] digests) {}
