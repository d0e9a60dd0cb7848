package dev.outrider.store;

import java.time.Instant;

/**
 * A delivery that was verified.
 *
 * @param seq order of arrival
 * @param unit digest of what identifies it, taken from signed material only
 * @param reading how the body is read, as far as no signature covers it: its media type and the like
 * @param headers JSON object, secrets masked
 * @param body the bytes as received
 * @param received when it came, or was replayed last
 */
public record Delivery(
        long seq,
        String tenant,
        String integration,
        String unit,
        String reading,
        String headers,
        byte[] body,
        Instant received) {
    /** The same, as if it came then. */
    Delivery at(Instant then) {
        return new Delivery(seq, tenant, integration, unit, reading, headers, body, then);
    }
}
