package dev.outrider.vendor.auth;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Proofs of possession (RFC 9449) by a key that lives as long as the process and signs nothing else. */
final class Dpop {
    private static final int COORDINATE = 32;

    private final KeyPair key;

    Dpop() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            key = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param nonce what the server asked to be repeated; null for none
     * @param token the access token that goes with the request; null for a token request
     */
    String proof(String method, URI uri, Instant now, String nonce, String token) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("htm", method);
        claims.put("htu", withoutQuery(uri));
        claims.put("iat", now.getEpochSecond());
        if (nonce != null) {
            claims.put("nonce", nonce);
        }
        if (token != null) {
            claims.put("ath", hash(token));
        }
        return Jwt.sign(key.getPrivate(), Map.of("typ", "dpop+jwt", "jwk", jwk()), claims);
    }

    static String hash(String token) {
        try {
            return Jwt.base64(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> jwk() {
        var point = ((ECPublicKey) key.getPublic()).getW();
        var jwk = new LinkedHashMap<String, String>();
        jwk.put("kty", "EC");
        jwk.put("crv", "P-256");
        jwk.put("x", Jwt.base64(coordinate(point.getAffineX().toByteArray())));
        jwk.put("y", Jwt.base64(coordinate(point.getAffineY().toByteArray())));
        return jwk;
    }

    /** A big integer's bytes come with a sign byte, or short. */
    private static byte[] coordinate(byte[] number) {
        var fixed = new byte[COORDINATE];
        int length = Math.min(number.length, COORDINATE);
        System.arraycopy(number, number.length - length, fixed, COORDINATE - length, length);
        return fixed;
    }

    private static String withoutQuery(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
