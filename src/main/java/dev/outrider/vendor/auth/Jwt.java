package dev.outrider.vendor.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Signs JSON Web Tokens: RS256 with an RSA key, ES256, ES384 or ES512 with an EC key. */
final class Jwt {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private record Algorithm(String name, String jca) {}

    private Jwt() {}

    /** @param header what the header holds besides {@code alg} */
    static String sign(PrivateKey key, Map<String, ?> header, Map<String, ?> claims) {
        var algorithm = algorithm(key);
        var whole = new LinkedHashMap<String, Object>();
        whole.put("alg", algorithm.name());
        whole.putAll(header);
        var signed = json(whole) + "." + json(claims);
        try {
            var signature = Signature.getInstance(algorithm.jca());
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the private key cannot sign by " + algorithm.name(), e);
        }
    }

    static String base64(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }

    private static String json(Map<String, ?> part) {
        try {
            return BASE64.encodeToString(JSON.writeValueAsBytes(part));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Algorithm algorithm(PrivateKey key) {
        if (key instanceof ECKey curve) {
            return switch (curve.getParams().getCurve().getField().getFieldSize()) {
                case 256 -> new Algorithm("ES256", "SHA256withECDSAinP1363Format");
                case 384 -> new Algorithm("ES384", "SHA384withECDSAinP1363Format");
                case 521 -> new Algorithm("ES512", "SHA512withECDSAinP1363Format");
                default -> throw new IllegalArgumentException("the EC key is on none of P-256, P-384 and P-521");
            };
        }
        return new Algorithm("RS256", "SHA256withRSA");
    }
}
