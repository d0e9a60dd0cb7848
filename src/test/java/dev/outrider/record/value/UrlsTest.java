package dev.outrider.record.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {
    @ParameterizedTest
    @CsvSource({
        "HTTPS://App.Example.com, https://app.example.com/",
        "https://app.example.com:443/Path, https://app.example.com/Path",
        "http://app.example.com:80/, http://app.example.com/",
        "http://app.example.com:443/, http://app.example.com:443/",
        "https://app.example.com/a?token=secret, https://app.example.com/a",
        "https://app.example.com/a#part, https://app.example.com/a",
        "https://app.example.com?x=1, https://app.example.com/",
        "https://user:secret@app.example.com/a, https://app.example.com/a",
        "https://[2001:DB8::1]:8443/a, https://[2001:db8::1]:8443/a",
        "https://bücher.example/, https://xn--bcher-kva.example/",
        "https://app.example.com./a, https://app.example.com/a"
    })
    void leavesOutWhatIsNotOfTheUrl(String raw, String url) {
        assertThat(Urls.parse(raw, "webpage.url")).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "app.example.com", "ftp://example.com/", "https://", "https://h:99999/", "https://h:x/"})
    void refusesWhatIsNoHttpUrl(String raw) {
        assertThatThrownBy(() -> Urls.parse(raw, "webpage.url"))
                .isInstanceOf(RecordFault.class)
                .hasMessageStartingWith("webpage.url: ");
    }

    @Test
    void showsNoSecretInARefusal() {
        assertThatThrownBy(() -> Urls.parse("https://user:hunter2/x@example.com", "webpage.url"))
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "github.com/Acme/Web, https://github.com/Acme/Web, false",
        "http://GitHub.com/Acme/Web/, https://github.com/Acme/Web, false",
        "https://token@github.com/Acme/Web, https://github.com/Acme/Web, false",
        "git@github.com:Acme/Web, https://github.com/Acme/Web, false",
        "ssh://git@git.example.com:22/acme/web, https://git.example.com/acme/web, true",
        "https://git.example.com:8443/acme/web, https://git.example.com:8443/acme/web, true"
    })
    void bringsRepositoriesToHttps(String raw, String url, boolean selfHosted) {
        var repository = Urls.repository(raw, "repository.url");
        assertThat(repository).hasToString(url);
        assertThat(repository.selfHosted()).isEqualTo(selfHosted);
    }

    @Test
    void refusesARepositoryWithoutPath() {
        assertThatThrownBy(() -> Urls.repository("https://github.com/", "repository.url"))
                .isInstanceOf(RecordFault.class);
    }
}
