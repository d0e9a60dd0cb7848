package dev.outrider.file.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CveGroupsTest {
    @Test
    void givesTheCvesOfAGroupOnceAndAsTheyWere() {
        CveGroups groups = new CveGroups();
        Digest one = Digest.of("one");
        groups.add(one, "CVE-1999-0001, cve-2024-123456789");
        groups.add(Digest.of("two"), "");
        groups.add(one, "CVE-2024-00012\nnot a CVE");

        assertThat(groups.take(one)).containsExactly("CVE-1999-0001", "CVE-2024-123456789", "CVE-2024-00012");
        assertThat(groups.take(one)).isNull();
        assertThat(groups.take(Digest.of("two"))).isEmpty();
    }

    @Test
    void keepsManyKeysApart() {
        DigestMap counts = new DigestMap();
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < 20_000; i++) {
                assertThat(counts.increment(Digest.of("key", String.valueOf(i))))
                        .isEqualTo(round);
            }
        }
        assertThat(counts.size()).isEqualTo(20_000);
    }

    @Test
    void doesNotConfusePartsThatRunTogether() {
        assertThat(Digest.of("ab", "c")).isNotEqualTo(Digest.of("a", "bc"));
    }
}
