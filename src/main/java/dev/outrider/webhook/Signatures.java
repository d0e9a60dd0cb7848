package dev.outrider.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The arithmetic of signatures; comparisons take the same time wherever two values differ. */
final class Signatures {
    /** What stands before the 32 bytes of an ed25519 key in its X.509 form. */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");
    /** So many keys are kept ready by each thread. */
    private static final int KEYS_MAX = 64;

    /** With their keys set: to find one and to set its key takes longer than to sign a small body. */
    private static final ThreadLocal<Map<SecretKeySpec, Mac>> MACS = ThreadLocal.withInitial(Signatures::lately);

    private static final ThreadLocal<MessageDigest> SHA256 = ThreadLocal.withInitial(Signatures::newSha256);

    private Signatures() {}

    static byte[] hmac(String algorithm, byte[] key, byte[]... parts) {
        var name = "sha512".equals(algorithm) ? "HmacSHA512" : "HmacSHA256";
        var mac = MACS.get().computeIfAbsent(new SecretKeySpec(key, name), Signatures::newMac);
        for (var part : parts) {
            mac.update(part);
        }
        // Which leaves it as it was before the first part.
        return mac.doFinal();
    }

    private static Mac newMac(SecretKeySpec key) {
        try {
            var mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one that was used least lately goes first. */
    private static Map<SecretKeySpec, Mac> lately() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<SecretKeySpec, Mac> eldest) {
                return size() > KEYS_MAX;
            }
        };
    }

    static boolean ed25519(byte[] key, byte[] signature, byte[]... parts) {
        try {
            var encoded = new byte[ED25519.length + key.length];
            System.arraycopy(ED25519, 0, encoded, 0, ED25519.length);
            System.arraycopy(key, 0, encoded, ED25519.length, key.length);
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            for (var part : parts) {
                verifier.update(part);
            }
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(utf8(one), utf8(other));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] sha256(byte[]... parts) {
        var digest = SHA256.get();
        for (var part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
