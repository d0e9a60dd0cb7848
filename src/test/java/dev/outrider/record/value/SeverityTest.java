package dev.outrider.record.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityTest {
    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Severity of(String severity) {
        return Severity.of(json(severity), json("[]"));
    }

    @ParameterizedTest
    @CsvSource({"0.0, I", "0.1, L", "3.9, L", "4.0, M", "6.9, M", "7.0, H", "8.9, H", "9.0, C", "10, C"})
    void bandsScores(double score, String code) {
        assertThat(Severity.band(score)).isEqualTo(code);
    }

    @Test
    void letsAScoreBeatRankAndWord() {
        assertThat(of("{'cvss3': 9.8, 'rank': 2, 'word': 'Medium'}").code()).isEqualTo("C");
        assertThat(of("{'cvss3': '9.8', 'rank': '2'}").code()).isEqualTo("C");
    }

    @Test
    void takesTheHighestVersionOfScoreThatThereIs() {
        assertThat(of("{'cvss4': 5.0, 'cvss3': 9.8, 'cvss2': 1}").code()).isEqualTo("M");
        assertThat(of("{'cvss3': 9.8, 'cvss2': 1}").version()).isEqualTo("3");
        assertThat(of("{'cvss4': 0, 'cvss2': 7.5}").code()).isEqualTo("H");
    }

    @ParameterizedTest
    @CsvSource({"1, L", "2, M", "3, H", "4, C"})
    void fallsBackToTheRank(int rank, String code) {
        assertThat(of("{'rank': " + rank + ", 'word': 'None', 'cvss3': 0}").code())
                .isEqualTo(code);
    }

    @Test
    void callsRankZeroNoRiskWhateverTheScore() {
        assertThat(of("{'rank': 0, 'cvss3': 9.8}").informational()).isTrue();
        assertThat(of("{'rank': 1}").informational()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "CRITICAL, C",
        "High, H",
        "important, H",
        "medium, M",
        "Moderate, M",
        "low, L",
        "Informational, I",
        "none, I"
    })
    void fallsBackToTheWordInAnyCase(String word, String code) {
        var severity = of("{'word': '" + word + "'}");
        assertThat(severity.code()).isEqualTo(code);
        assertThat(severity.unknown()).isFalse();
    }

    @Test
    void turnsAnUnknownWordToInformationalAndSaysSo() {
        var severity = of("{'word': 'Spicy'}");
        assertThat(severity.code()).isEqualTo("I");
        assertThat(severity.node()).isEqualTo(json("{'code': 'I', 'unknown': true, 'vendor': {'word': 'Spicy'}}"));
    }

    @Test
    void keepsVersionAndVectorOfTheScoreThatDecided() {
        var cvss = json(
                "[{'version': '2.0', 'score': 7.5, 'vector': 'v2'}, {'version': '3.1', 'score': 8.1, 'vector': 'v3'}]");
        assertThat(Severity.of(json("{'cvss3': 8.1, 'rank': 3}"), cvss).node())
                .isEqualTo(
                        json("{'code': 'H', 'score': 8.1, 'version': '3.1', 'vector': 'v3', 'vendor': {'rank': 3}}"));
        assertThat(Severity.of(json("{}"), cvss).score()).isEqualTo(8.1);
    }

    @ParameterizedTest
    @CsvSource({"cvss3, 11", "cvss2, -1", "rank, 5", "cvss4, high", "rank, NaN"})
    void refusesNumbersOutOfRangeNamingTheField(String field, String value) {
        assertThatThrownBy(() -> of("{'" + field + "': '" + value + "'}"))
                .hasMessageStartingWith("risk.severity." + field);
    }
}
