package dev.outrider.vendor.auth;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Private keys as vendors hand them out: PEM of PKCS#8, PKCS#1 (RSA) or SEC 1 (EC), also with {@code \n} for line ends. */
final class PrivateKeys {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final byte[] VERSION = {2, 1, 0};
    /** AlgorithmIdentifier of rsaEncryption. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    /** OBJECT IDENTIFIER id-ecPublicKey. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private PrivateKeys() {}

    /** @throws IllegalArgumentException saying what is wrong, never quoting the key */
    static PrivateKey parse(String text) {
        var found = PEM.matcher(text.replace("\\r", "").replace("\\n", "\n"));
        if (!found.find()) {
            throw new IllegalArgumentException("the private key is no PEM text: it begins with -----BEGIN PRIVATE KEY"
                    + "----- or -----BEGIN RSA PRIVATE KEY-----");
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(found.group(2).strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the private key's PEM holds something that is not base64");
        }
        return switch (found.group(1)) {
            case "PRIVATE KEY" -> pkcs8(der);
            case "RSA PRIVATE KEY" -> decode("RSA", sequence(VERSION, RSA, tagged(4, der)));
            case "EC PRIVATE KEY" -> decode("EC", sequence(VERSION, sequence(EC, curve(der)), tagged(4, der)));
            default ->
                throw new IllegalArgumentException(
                        "the private key is a " + found.group(1) + ": give one without a passphrase");
        };
    }

    private static PrivateKey pkcs8(byte[] der) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException notRsa) {
            return decode("EC", der);
        }
    }

    private static PrivateKey decode(String algorithm, byte[] pkcs8) {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the private key is neither an RSA nor an EC key that can be read");
        }
    }

    /** The curve's OBJECT IDENTIFIER, which SEC 1 keeps in the field tagged [0]. */
    private static byte[] curve(byte[] sec1) {
        for (int at = 0; at + 3 < sec1.length; at++) {
            int length = sec1[at + 1];
            if ((sec1[at] & 0xff) == 0xa0 && sec1[at + 2] == 6 && sec1[at + 3] == length - 2) {
                return java.util.Arrays.copyOfRange(sec1, at + 2, at + 2 + length);
            }
        }
        throw new IllegalArgumentException("the EC private key does not name its curve: convert it to PKCS#8");
    }

    private static byte[] sequence(byte[]... parts) {
        var inner = new ByteArrayOutputStream();
        for (var part : parts) {
            inner.writeBytes(part);
        }
        return tagged(0x30, inner.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 128) {
            out.write(content.length);
        } else if (content.length < 256) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length & 0xff);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
