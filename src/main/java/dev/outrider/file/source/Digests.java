package dev.outrider.file.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

/** SHA-256, in hex. */
final class Digests {
    private static final int CHUNK_BYTES = 1 << 18;
    private static final long PART_BYTES = 8L << 20;

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

    /**
     * Of a file's content: the digest of its parts' digests, so that the cores share a large file, whose first page waits for this.
     *
     * @throws IOException where it cannot be read, or grows or shrinks meanwhile
     */
    static String of(Path file, BooleanSupplier cancelled) throws IOException {
        try (var channel = FileChannel.open(file)) {
            long size = channel.size();
            var parts = LongStream.rangeClosed(0, Math.max(0, size - 1) / PART_BYTES)
                    .parallel()
                    .mapToObj(part -> part(channel, part * PART_BYTES, size, cancelled))
                    .toList();
            if (channel.size() != size) {
                throw new IOException("it changed while it was read");
            }
            var digest = sha256();
            parts.forEach(digest::update);
            return hex(digest);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static byte[] part(FileChannel channel, long from, long size, BooleanSupplier cancelled) {
        var digest = sha256();
        var chunk = ByteBuffer.allocate(CHUNK_BYTES);
        try {
            long to = Math.min(size, from + PART_BYTES);
            for (long at = from; at < to; at += chunk.limit()) {
                Cancelled.check(cancelled);
                chunk.clear().limit((int) Math.min(CHUNK_BYTES, to - at));
                while (chunk.hasRemaining()) {
                    if (channel.read(chunk, at + chunk.position()) < 0) {
                        throw new IOException("it changed while it was read");
                    }
                }
                digest.update(chunk.flip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return digest.digest();
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
