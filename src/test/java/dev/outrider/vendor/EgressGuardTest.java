package dev.outrider.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.record.RunException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGuardTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.8.8",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "192.0.0.192",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::10.0.0.1",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "fec0::1",
                "ff02::1",
                "64:ff9b::a00:1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::1",
                "2002:a00:1::1"
            })
    void refusesAddressesThatAreNotPublic(String address) throws Exception {
        assertThat(EgressGuard.isPublic(InetAddress.getByName(address))).isFalse();
        assertThatThrownBy(() -> new EgressGuard(false).resolve(address))
                .isInstanceOfSatisfying(RunException.class, e -> {
                    assertThat(e.error().code()).isEqualTo("egress.refused");
                    assertThat(e.error().retryable()).isFalse();
                    assertThat(e.error().message()).contains(address, "OUTRIDER_ALLOW_PRIVATE");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "198.17.0.1",
                "198.20.0.1",
                "223.255.255.255",
                "2001:4860:4860::8888",
                "64:ff9b::808:808",
                "2002:808:808::1"
            })
    void letsPublicAddressesPass(String address) throws Exception {
        assertThat(new EgressGuard(false).resolve(address)).hasSize(1);
    }

    @Test
    void letsPrivateAddressesPassWhereTheOperatorAllowsThem() throws Exception {
        assertThat(new EgressGuard(true).resolve("127.0.0.1")).hasSize(1);
    }

    @Test
    void refusesANameThatLeadsToAPrivateAddress() {
        assertThatThrownBy(() -> new EgressGuard(false).resolve("localhost")).hasMessageContaining("localhost");
    }
}
