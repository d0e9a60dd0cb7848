package dev.outrider.record.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "cve-2024-0001, CVE-2024-0001",
        "CVE-2024-123456, CVE-2024-123456",
        "CVE-2024-0001 in Example, cve-2024-0001-in-example",
        "Example Server < 1.2, example-server-<-1.2",
        "C# Injection, c_-injection",
        "Größe XSS, größe-xss"
    })
    void namesRisks(String raw, String name) {
        assertThat(Names.risk(raw)).isEqualTo(name);
    }

    @Test
    void leavesNoBlankOfAnyKindInARiskName() {
        assertThat(Names.risk("a\nb\tc\u00a0d")).isEqualTo("a-b-c-d");
    }

    @Test
    void makesPathPartsSafe() {
        assertThat(Names.path("a<b>c:d\"e/f\\g|h?i*j#k\u0001")).isEqualTo("a_b_c_d_e_f_g_h_i_j_k_");
        assertThat(Names.path("..")).isEqualTo("__");
        assertThat(Names.path(".hidden")).isEqualTo(".hidden");
    }

    @Test
    void keepsPlainTextAndEncodesTheRest() {
        assertThat(Names.bytes("line\n\ttext ü")).isEqualTo("line\n\ttext ü");
        assertThat(Names.bytes("bell\u0007")).isEqualTo("base64:YmVsbAc=");
        assertThat(Names.bytes("ok".getBytes(StandardCharsets.UTF_8))).isEqualTo("ok");
        assertThat(Names.bytes(new byte[] {(byte) 0xff, 1})).isEqualTo("base64:/wE=");
    }
}
