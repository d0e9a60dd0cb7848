package dev.outrider.file.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostsTest {
    @Test
    void knowsAddresses() {
        for (String address :
                new String[] {"192.0.2.7", "255.255.255.255", "0.0.0.0", "2001:db8::1", "::1", "fe80::1%eth0"}) {
            assertThat(Hosts.isAddress(address)).as(address).isTrue();
        }
        for (String other :
                new String[] {"", "web", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4.", "10.example.test", "web:80"}) {
            assertThat(Hosts.isAddress(other)).as(other).isFalse();
        }
    }

    @Test
    void findsTheHostOfAUrl() {
        assertThat(Hosts.hostOf("https://app.test:8443/a?b=c")).isEqualTo("app.test");
        assertThat(Hosts.hostOf("http://user:pw@under_score.test/")).isEqualTo("under_score.test");
        assertThat(Hosts.hostOf("https://[2001:db8::1]:443/")).isEqualTo("2001:db8::1");
        assertThat(Hosts.hostOf("http://app.test/{bad}")).isEqualTo("app.test");
    }
}
