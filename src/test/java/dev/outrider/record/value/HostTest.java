package dev.outrider.record.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {
    @ParameterizedTest
    @CsvSource({
        "Host.Example.COM, host.example.com",
        "host.example.com., host.example.com",
        "münchen.example, xn--mnchen-3ya.example",
        "MÜNCHEN.Example, xn--mnchen-3ya.example",
        "例え.テスト, xn--r8jz45g.xn--zckzah",
        "my_host, my_host",
        "a#b.example.com, a_b.example.com",
        "192.168.001.010, 192.168.1.10",
        "192.0.2.1, 192.0.2.1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "[2001:db8::A], 2001:db8::a",
        "fe80::1%eth0, fe80::1",
        "::ffff:192.0.2.7, 192.0.2.7",
        "::FFFF:C000:0207, 192.0.2.7",
        "::, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1::, 1::",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "10.1.2.3/8, 10.0.0.0/8",
        "2001:db8::1/32, 2001:db8::/32",
        "256.1.1.1, 256.1.1.1",
        "1.2.3, 1.2.3"
    })
    void spellsEachHostInOneWay(String raw, String canonical) {
        assertThat(Host.of(raw, "asset.name").text()).isEqualTo(canonical);
    }

    @Test
    void keepsANameThatIsNoLawfulDnsName() {
        var label = "ü".repeat(80);
        assertThat(Host.of(label.toUpperCase(java.util.Locale.ROOT), "asset.name")
                        .text())
                .isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "tab\there", ".", "nul\u0000"})
    void refusesWhatIsNoHostNamingTheField(String raw) {
        assertThatThrownBy(() -> Host.of(raw, "asset.dns"))
                .isInstanceOf(RecordFault.class)
                .hasMessageStartingWith("asset.dns: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1:2:3:4:5:6:7", "1::2::3", "12345::", "1:2:3:4:5:6:7:8:9", "::g", "1:2:3:4:5:6:7:1.2.3.4"})
    void takesNoBrokenAddressForAnAddress(String raw) {
        assertThat(Address.parse(raw)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, ipv4",
        "2001:db8::1, ipv6",
        "10.0.0.0/8, cidr",
        "example.com, tld",
        "example.co.uk, tld",
        "www.example.com, domain",
        "somebody.github.io, domain",
        "github.io, tld",
        "web01, domain",
        "com, domain"
    })
    void tellsTheClassOfAName(String name, String kind) {
        assertThat(Host.of(name, "asset.name").kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, true",
        "172.31.0.1, true",
        "172.32.0.1, false",
        "192.168.0.0/24, true",
        "192.0.0.0/8, false",
        "fd12::1, true",
        "100.64.0.1, false",
        "example.com, false"
    })
    void callsPrivateOnlyWhatIsPrivate(String host, boolean isPrivate) {
        assertThat(Host.of(host, "asset.name").isPrivate()).isEqualTo(isPrivate);
    }
}
