package dev.outrider.record;

import java.util.Map;

/** The counts of one page, in items; {@code records} and {@code kinds} in records. */
public record PageTally(
        long received,
        long emitted,
        long dropped,
        long failed,
        long records,
        Map<String, Long> reasons,
        Map<String, Long> kinds) {}
