package dev.outrider.file.format;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a reader put right or left out, by a stable name, so that the job report can say it. */
final class Repairs {
    static final String CONTROL_CHARACTERS = "control_characters_dropped";
    static final String INVALID_ENCODING = "invalid_characters_replaced";
    static final String TEXT_CUT = ScanReader.TEXT_CUT;
    static final String SCORE = "scores_out_of_range";
    static final String DATE = "dates_not_understood";
    static final String ZONE = "times_without_zone_taken_as_utc";
    static final String VALUE = "values_not_understood";
    static final String LATE_PROPERTIES = "host_properties_after_items";
    static final String SIDE_FILES = "archive_side_files_skipped";

    private final Map<String, Long> counts = new TreeMap<>();

    void add(String what, long n) {
        if (n > 0) {
            counts.merge(what, n, Long::sum);
        }
    }

    void add(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    void addAll(Map<String, Long> others) {
        others.forEach(this::add);
    }

    Map<String, Long> asMap() {
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }
}
