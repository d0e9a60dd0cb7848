package dev.outrider.file.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;

/** SHA-256, in hex. */
final class Digests {
    private static final int CHUNK_BYTES = 1 << 18;

    private Digests() {}

    /** Of several texts; a zero byte follows each, so that no two lists of texts run into each other. */
    static String of(String... parts) {
        var digest = sha256();
        for (var part : parts) {
            digest.update(part.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return hex(digest);
    }

    /** Of a file's content. */
    static String of(Path file, BooleanSupplier cancelled) throws IOException {
        var digest = sha256();
        var chunk = new byte[CHUNK_BYTES];
        try (var in = Files.newInputStream(file)) {
            for (int n; (n = in.read(chunk)) >= 0; ) {
                digest.update(chunk, 0, n);
                Cancelled.check(cancelled);
            }
        }
        return hex(digest);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks SHA-256", e);
        }
    }
}
