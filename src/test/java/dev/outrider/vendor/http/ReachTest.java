package dev.outrider.vendor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.record.RunException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where calls may go, and where credentials go with them. */
class ReachTest {
    private final Reach reach =
            new Reach(URI.create("https://acme.example.com/api"), "files.example.com, *.cdn.example.com");

    @ParameterizedTest
    @ValueSource(strings = {"https://acme.example.com/x?y=1", "https://ACME.example.com:443/x"})
    void credentialsGoToTheOriginOfTheSettings(String url) {
        reach.check(URI.create(url));

        assertThat(reach.home(URI.create(url))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://files.example.com/a", "https://eu.cdn.example.com/a"})
    void aHostOfTheClassIsCalledWithoutCredentials(String url) {
        assertThatCode(() -> reach.check(URI.create(url))).doesNotThrowAnyException();

        assertThat(reach.home(URI.create(url))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/a",
                "https://acme.example.com.evil.example/a",
                "https://acme.example.com:8443/a",
                "http://acme.example.com/a",
                "http://files.example.com/a",
                "https://cdn.example.com/a",
                "https://user@acme.example.com/a",
                "https://user:word@files.example.com/a",
                "file:///etc/passwd",
            })
    void nothingElseIsCalled(String url) {
        assertThatThrownBy(() -> reach.check(URI.create(url)))
                .isInstanceOfSatisfying(
                        RunException.class,
                        refused -> assertThat(refused.error().code()).isEqualTo("egress.refused"));
    }
}
