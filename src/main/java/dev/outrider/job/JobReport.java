package dev.outrider.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.outrider.record.RunError;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a job came to, as people and programs read it.
 *
 * @param status {@code queued} or {@code running} while it goes on, then {@code complete} (every stream complete, nothing failed),
 *     {@code blocked} (a person must act) or {@code needs_review} (partial streams, dead letters)
 * @param summary one sentence
 * @param handoff what a person should do next; absent when nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobReport(
        String status,
        String summary,
        String job,
        String integration,
        String capability,
        String tenant,
        Instant started,
        Instant finished,
        List<Stream> streams,
        Verification verification,
        List<RunError> errors,
        Handoff handoff) {

    public static final String QUEUED = "queued";
    public static final String RUNNING = "running";
    public static final String COMPLETE = "complete";
    public static final String BLOCKED = "blocked";
    public static final String NEEDS_REVIEW = "needs_review";

    /**
     * One stream's part. Items: received = emitted + dropped + failed.
     *
     * @param records how many records the emitted items became
     * @param reasons why items were dropped, by reason
     * @param kinds records by kind
     * @param webhookGaps objects that changed without a delivery that told of them; absent where none are expected
     * @param cursor how far the stream is now, as JSON text
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Stream(
            String name,
            @JsonInclude boolean complete,
            @JsonInclude long pages,
            @JsonInclude long received,
            @JsonInclude long emitted,
            @JsonInclude long dropped,
            @JsonInclude long failed,
            @JsonInclude long records,
            Map<String, Long> reasons,
            Map<String, Long> kinds,
            Long webhookGaps,
            String cursor) {}

    /** @param credentials {@code valid}, {@code invalid} or {@code unchecked} */
    public record Verification(String credentials, boolean received_equals_accounted) {}

    /**
     * @param action stable: {@code rotate_credentials}, {@code grant_permission}, {@code fix_configuration}, {@code review_dead_letters},
     *     {@code review_errors} or {@code run_again}
     */
    public record Handoff(String action, String context) {}

    /** Whether the job was complete and met nothing. */
    @JsonIgnore
    public boolean idle() {
        return status.equals(COMPLETE) && streams.stream().allMatch(stream -> stream.received() == 0);
    }

    /** How the command line ends: 0 complete, 1 needs review, 2 blocked. */
    public int exitCode() {
        return switch (status) {
            case COMPLETE -> 0;
            case BLOCKED -> 2;
            default -> 1;
        };
    }
}
