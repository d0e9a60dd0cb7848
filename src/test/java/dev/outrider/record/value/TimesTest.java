package dev.outrider.record.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-22T10:00:00Z, 2026-11-22T10:00:00Z",
        "2026-11-22T10:00:00.987654Z, 2026-11-22T10:00:00Z",
        "2026-11-22T12:00:00+02:00, 2026-11-22T10:00:00Z",
        "2026-11-22T12:00:00+0200, 2026-11-22T10:00:00Z",
        "2026-11-22T04:30:00-05:30, 2026-11-22T10:00:00Z",
        "2026-11-22T10:00, 2026-11-22T10:00:00Z",
        "2026-11-22 10:00:00, 2026-11-22T10:00:00Z",
        "2022/01/18, 2022-01-18T00:00:00Z",
        "1700000000, 2023-11-14T22:13:20Z",
        "1700000000123, 2023-11-14T22:13:20Z"
    })
    void turnsTextToUtcSeconds(String raw, String time) {
        assertThat(Times.ofText(raw, "asset.created")).isEqualTo(time);
    }

    @Test
    void turnsEpochSecondsAndMillisecondsToUtcSeconds() {
        assertThat(Times.ofEpoch(1_700_000_000L, "asset.created")).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(Times.ofEpoch(1_700_000_000_999L, "asset.created")).isEqualTo("2023-11-14T22:13:20Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"yesterday", "2026-13-01", "Wed Mar 23 15:07:52 2022", "2026-11-22T25:00:00Z", "9999999999999999"
            })
    void refusesWhatIsNoTime(String raw) {
        assertThatThrownBy(() -> Times.ofText(raw, "asset.created")).hasMessageStartingWith("asset.created: ");
    }
}
