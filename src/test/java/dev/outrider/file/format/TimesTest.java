package dev.outrider.file.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void readsTheFormsThatExportsUse() {
        assertThat(Times.parse("Wed Mar 23 15:07:52 2022")).isEqualTo(new Times.Moment(1_648_048_072L, true));
        assertThat(Times.parse("Wed Mar  2 15:07:52 2022")).isEqualTo(new Times.Moment(1_646_233_672L, true));
        assertThat(Times.parse("2021-03-12T14:35:34.341269+00:00")).isEqualTo(new Times.Moment(1_615_559_734L, false));
        assertThat(Times.parse("2023-06-08T01:58:56.166Z")).isEqualTo(new Times.Moment(1_686_189_536L, false));
        assertThat(Times.parse("Feb 9, 2024 10:48:42 UTC")).isEqualTo(new Times.Moment(1_707_475_722L, false));
        assertThat(Times.parse("Jan 5, 2021 10:24:08 MST")).isEqualTo(new Times.Moment(1_609_867_448L, false));
        assertThat(Times.parse("23/11/2009")).isEqualTo(new Times.Moment(1_258_934_400L, true));
        assertThat(Times.parse("2022/01/18")).isEqualTo(new Times.Moment(1_642_464_000L, true));
        assertThat(Times.parse("1700000000")).isEqualTo(new Times.Moment(1_700_000_000L, false));
    }

    @Test
    void givesNothingForWhatIsNoTime() {
        assertThat(Times.parse("")).isNull();
        assertThat(Times.parse("yesterday")).isNull();
        assertThat(Times.parse("40/40/2009")).isNull();
        assertThat(Times.parse("Feb 9, 2024 10:48:42 XXT")).isNull();
    }
}
