package dev.outrider.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** Keys that tests make themselves, and what was signed with them. */
public final class TestKeys {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TestKeys() {}

    public static KeyPair rsa() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** A private key of its own, as vendors hand it out. */
    public static String privateKey() throws GeneralSecurityException {
        return pem("PRIVATE KEY", rsa().getPrivate().getEncoded());
    }

    /** @param type what stands behind BEGIN and END */
    public static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + type + "-----\n";
    }

    /** @param part 0 for a token's header, 1 for its claims */
    public static JsonNode part(String jwt, int part) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.")[part]));
    }

    public static boolean verified(String jwt, KeyPair keys, String algorithm) throws GeneralSecurityException {
        var parts = jwt.split("\\.");
        var signature = Signature.getInstance(algorithm);
        signature.initVerify(keys.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }
}
