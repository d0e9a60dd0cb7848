package dev.outrider.record.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpeTest {
    @ParameterizedTest
    @CsvSource({
        "cpe:/a:Example:Server:1.2, cpe:2.3:a:example:server:1.2:*:*:*:*:*:*:*",
        "cpe:/o:example:os, cpe:2.3:o:example:os:*:*:*:*:*:*:*:*",
        "cpe:/a:php:php:5.1.6 -> PHP PHP, cpe:2.3:a:php:php:5.1.6:*:*:*:*:*:*:*",
        "cpe:/a:v:p:-:::en, cpe:2.3:a:v:p:-:*:*:en:*:*:*:*",
        "cpe:/a:v:p%21x:1%02, cpe:2.3:a:v:p\\!x:1*:*:*:*:*:*:*:*",
        "cpe:/a:v:p:1::~~pro~linux~x64~, cpe:2.3:a:v:p:1:*:*:*:pro:linux:x64:*",
        "cpe:2.3:a:v:p:1, cpe:2.3:a:v:p:1:*:*:*:*:*:*:*",
        "cpe:2.3:a:v:p\\:x:1:*:*:*:*:*:*:*, cpe:2.3:a:v:p\\:x:1:*:*:*:*:*:*:*"
    })
    void givesElevenComponents(String raw, String cpe) {
        assertThat(Cpe.normalise(raw, "technology.cpe")).isEqualTo(cpe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"php", "cpe:/x:a:b", "cpe:2.3:a:1:2:3:4:5:6:7:8:9:10:11", "cpe:2.3:"})
    void refusesWhatIsNoCpe(String raw) {
        assertThatThrownBy(() -> Cpe.normalise(raw, "technology.cpe")).hasMessageStartingWith("technology.cpe: ");
    }
}
