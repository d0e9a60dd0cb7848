package dev.outrider.store;

import java.time.Instant;

/**
 * A delivery that was verified.
 *
 * @param seq order of arrival
 * @param unit digest of what identifies it, taken from signed material only
 * @param headers JSON object, secrets masked
 * @param body the bytes as received
 */
public record Delivery(
        long seq, String tenant, String integration, String unit, String headers, byte[] body, Instant received) {}
