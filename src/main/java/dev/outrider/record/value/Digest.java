package dev.outrider.record.value;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over parts, each preceded by its length so that no two lists of parts read the same. One digest a thread: {@link #get()}
 * starts it anew, so finish one before the next.
 */
public final class Digest {
    private static final ThreadLocal<Digest> DIGESTS = ThreadLocal.withInitial(Digest::new);
    private static final HexFormat HEX = HexFormat.of();

    private final MessageDigest sha;
    private final byte[] number = new byte[8];
    private final byte[] result = new byte[32];

    private Digest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public static Digest get() {
        var digest = DIGESTS.get();
        digest.sha.reset();
        return digest;
    }

    /** The bytes that {@link #text} puts in for these parts: made once where many digests begin with them. */
    public static byte[] parts(String... parts) {
        var bytes = new ByteArrayOutputStream();
        for (var part : parts) {
            var text = part.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(ByteBuffer.allocate(8).putLong(text.length).array());
            bytes.writeBytes(text);
        }
        return bytes.toByteArray();
    }

    public Digest text(String part) {
        return bytes(part.getBytes(StandardCharsets.UTF_8));
    }

    public Digest bytes(byte[] part) {
        number(part.length);
        sha.update(part);
        return this;
    }

    public Digest number(long part) {
        for (int i = 0; i < 8; i++) {
            number[i] = (byte) (part >>> (56 - 8 * i));
        }
        sha.update(number);
        return this;
    }

    /** Bytes without a length: for a digest over exactly one thing. */
    public Digest raw(byte[] part) {
        sha.update(part);
        return this;
    }

    public String hex() {
        return HEX.formatHex(finish());
    }

    /** The 32 bytes; the array is used again by the next digest of this thread. */
    public byte[] finish() {
        try {
            sha.digest(result, 0, 32);
            return result;
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 is 32 bytes", e);
        }
    }
}
