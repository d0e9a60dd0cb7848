package dev.outrider.vendor.quota;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * A credential's ledger at one moment.
 *
 * @param credential a digest, to tell two credentials of one vendor apart
 * @param underWay requests that were sent and are not answered
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QuotaView(
        String origin, String credential, int concurrency, int underWay, List<Window> windows, List<Wait> waiting) {

    /** @param blockedUntil until when the vendor asked us to keep away */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Window(String name, Long limit, Long remaining, Instant resetsAt, Instant blockedUntil) {}

    /** @param reason {@code quota}, {@code concurrency}, {@code token} or {@code backoff} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Wait(String integration, String stream, String window, String reason, Instant until) {}
}
