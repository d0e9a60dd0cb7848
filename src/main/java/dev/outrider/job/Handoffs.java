package dev.outrider.job;

import dev.outrider.record.RunError;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a person is asked to do about an error. What only a person can mend blocks the job: to run it again would end the same way.
 *
 * <p>An error that this table does not name is tried again where that may help, and reviewed where it does not.
 */
enum Handoffs {
    /** The vendor takes the credentials no more, or they cannot be used. */
    ROTATE_CREDENTIALS,
    GRANT_PERMISSION,
    /** Settings, class, route or cursor say something that cannot be done. */
    FIX_CONFIGURATION;

    static final String REVIEW_DEAD_LETTERS = "review_dead_letters";
    static final String REVIEW_ERRORS = "review_errors";
    static final String RUN_AGAIN = "run_again";

    /** A stream that was left out because its permission is missing. */
    static final String NOT_PERMITTED = "validation.not_permitted";

    private static final Map<Handoffs, Set<String>> CODES = Map.of(
            ROTATE_CREDENTIALS,
            Set.of("vendor.unauthorized", "vendor.token_missing", "credentials.unusable", "credentials.unresolved"),
            GRANT_PERMISSION,
            Set.of(NOT_PERMITTED, "vendor.forbidden"),
            FIX_CONFIGURATION,
            Set.of(
                    "validation.failed",
                    "validation.empty",
                    "settings.invalid",
                    "capability.unknown",
                    "stream.unknown",
                    "egress.refused",
                    "vendor.redirected",
                    "vendor.redirect_loop",
                    "vendor.wrong_region",
                    "mapping.missing",
                    "mapping.invalid",
                    "cursor.invalid"));

    /** As the report names it: {@code rotate_credentials}. */
    String action() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** What blocks a job, the first thing to do first: a permission is of no use to credentials that are refused. */
    record Block(Handoffs action, RunError error) {}

    /** Empty where nothing that was met needs a person. */
    static Optional<Block> block(List<RunError> errors) {
        return errors.stream()
                .flatMap(error -> of(error.code()).map(action -> new Block(action, error)).stream())
                .min(Comparator.comparing(Block::action));
    }

    static Optional<Handoffs> of(String code) {
        return CODES.entrySet().stream()
                .filter(entry -> entry.getValue().contains(code))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** What is to be done about a job that nothing blocks. */
    static String review(long failed, List<RunError> errors) {
        if (failed > 0) {
            return REVIEW_DEAD_LETTERS;
        }
        return errors.isEmpty() || errors.stream().anyMatch(RunError::retryable) ? RUN_AGAIN : REVIEW_ERRORS;
    }
}
