package dev.outrider.file.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RepairedUtf8Test {
    /** Hands out few bytes at a time, so that sequences fall across borders. */
    private static InputStream slow(byte[] bytes, int most) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] b, int off, int len) {
                return super.read(b, off, Math.min(len, most));
            }
        };
    }

    private static String decode(byte[] bytes, int most, int chunk) throws IOException {
        StringBuilder all = new StringBuilder();
        char[] some = new char[chunk];
        try (RepairedUtf8 reader = new RepairedUtf8(slow(bytes, most))) {
            for (int n = reader.read(some, 0, chunk); n >= 0; n = reader.read(some, 0, chunk)) {
                all.append(some, 0, n);
            }
            assertThat(reader.ended()).isTrue();
        }
        return all.toString();
    }

    /** What the JDK makes of it, less the characters that XML forbids. */
    private static String expected(byte[] bytes) {
        StringBuilder all = new StringBuilder();
        new String(bytes, StandardCharsets.UTF_8)
                .codePoints()
                .filter(c -> !RepairedText.forbidden(c))
                .forEach(all::appendCodePoint);
        return all.toString();
    }

    @Test
    void decodesAsTheJdkDoesWhateverTheBytes() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            for (int i = 0; round % 2 == 0 && i < bytes.length; i++) {
                // Mostly leads and continuations, so that long sequences come up, whole and broken.
                bytes[i] = (byte) (random.nextInt(4) == 0 ? 0xE0 + random.nextInt(24) : 0x80 + random.nextInt(64));
            }
            assertThat(decode(bytes, 1 + random.nextInt(7), 1 + random.nextInt(9)))
                    .isEqualTo(expected(bytes));
        }
    }

    @Test
    void decodesTextLongerThanItsBuffer() throws IOException {
        String text = "plain text, then \u00e9\u2019\uD83D\uDE00\n".repeat(20_000);
        assertThat(decode(text.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE, 4096))
                .isEqualTo(text);
    }

    @Test
    void countsWhatItRepairs() throws IOException {
        Repairs repairs = new Repairs();
        try (RepairedUtf8 reader = new RepairedUtf8(slow(new byte[] {'a', 0, 1, '\t', (byte) 0xFF, 'b'}, 9))) {
            while (reader.read() >= 0) {}
            reader.countInto(repairs);
        }
        assertThat(repairs.asMap())
                .containsEntry(Repairs.CONTROL_CHARACTERS, 2L)
                .containsEntry(Repairs.INVALID_ENCODING, 1L);
    }
}
