package dev.outrider.vendor.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.capability.VendorRig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the API of GitHub is, by the address that an integration is given. */
class GitHubAddressTest {
    @TempDir
    Path folder;

    private VendorRig rig;

    @BeforeEach
    void load() {
        rig = new VendorRig(folder, "github", "https://github.com", Map.of("token", "t"), descriptor -> {});
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void givesGitHubItselfAHostForTheApi() {
        assertThat(of("https://github.com")).isEqualTo("https://api.github.com");
        assertThat(of("https://GitHub.com/")).isEqualTo("https://api.github.com");
        assertThat(of("https://api.github.com")).isEqualTo("https://api.github.com");
        assertThat(of("")).isEqualTo("https://api.github.com");
    }

    @Test
    void givesATenantWithDataResidencyAHostForTheApi() {
        assertThat(of("https://acme.ghe.com")).isEqualTo("https://api.acme.ghe.com");
        assertThat(of("https://api.acme.ghe.com/")).isEqualTo("https://api.acme.ghe.com");
    }

    @Test
    void findsTheApiOfAServerBelowItsPath() {
        assertThat(of("https://github.acme.example")).isEqualTo("https://github.acme.example/api/v3");
        assertThat(of("https://1.github.acme.example:8443/")).isEqualTo("https://1.github.acme.example:8443/api/v3");
        assertThat(of("https://github.acme.example/api/v3")).isEqualTo("https://github.acme.example/api/v3");
    }

    @Test
    void takesAnAddressForATestAsItIs() {
        assertThat(of("http://127.0.0.1:4010")).isEqualTo("http://127.0.0.1:4010");
        assertThat(of("http://localhost:4010/")).isEqualTo("http://localhost:4010");
        assertThat(of("http://[::1]:4010")).isEqualTo("http://[::1]:4010");
        assertThat(of("https://mock.acme.example/github")).isEqualTo("https://mock.acme.example/github");
    }

    private String of(String setting) {
        return BaseUrl.of("test", setting, rig.capability().descriptor().getHttp())
                .toString();
    }
}
