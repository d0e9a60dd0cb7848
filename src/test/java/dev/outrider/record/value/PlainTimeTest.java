package dev.outrider.record.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T10:00:00Z",
                "1969-12-31T23:59:59.999Z",
                "2024-02-29T00:00:00.1Z",
                "0001-01-01T00:00:00.000000001Z",
                "9999-12-31T23:59:59.123456789Z"
            })
    void readsWhatTheLibraryReads(String text) {
        assertThat(PlainTime.read(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-22T10:00:00",
                "2026-11-22T10:00:00z",
                "2026-11-22T10:00:00+00:00",
                "2026-11-22 10:00:00Z",
                "2026-11-22T10:00Z",
                "2026-11-22T24:00:00Z",
                "2026-11-22T10:60:00Z",
                "2026-11-22T10:00:60Z",
                "2026-11-22T10:00:00.Z",
                "2026-11-22T10:00:00.12x4Z",
                "2026-11-22T10:00:00.1234567890Z",
                "2026-11-22T10:00:00,1Z",
                "+2026-11-22T10:00:00Z",
                "２０２６-11-22T10:00:00Z"
            })
    void leavesEveryOtherFormToTheLibrary(String text) {
        assertThat(PlainTime.read(text)).isNull();
    }

    @Test
    void refusesADayThatThereIsNot() {
        assertThatThrownBy(() -> PlainTime.read("2026-02-30T10:00:00Z")).isInstanceOf(DateTimeException.class);
    }
}
