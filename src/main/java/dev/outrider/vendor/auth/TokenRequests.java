package dev.outrider.vendor.auth;

import dev.outrider.vendor.http.UrlRules;
import dev.outrider.vendor.http.VendorClock;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.spec.TokenSpec;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes the requests that fetch a token, each with an assertion of its own. */
final class TokenRequests {
    private static final String BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    /** Clocks differ: a token that is valid from a minute ago on is not refused as one of the future. */
    private static final int BACKDATE_SECS = 60;

    private final TokenKind kind;
    private final TokenSpec spec;
    private final Values values;
    private final VendorClock clock;

    TokenRequests(TokenKind kind, TokenSpec spec, Values values, VendorClock clock) {
        this.kind = kind;
        this.spec = spec;
        this.values = values;
        this.clock = clock;
    }

    TokenSpec spec() {
        return spec;
    }

    TokenKind kind() {
        return kind;
    }

    URI uri() {
        return URI.create(values.fill(spec.getTokenUrl()));
    }

    /** @param proof the value of a DPoP header; null for none */
    VendorRequest request(String proof) {
        var headers = new HashMap<String, String>();
        headers.put("Accept", "application/json");
        if (proof != null) {
            headers.put("DPoP", proof);
        }
        if (kind == TokenKind.APP) {
            headers.putAll(proof());
            return request(headers, new byte[0]);
        }
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        var form = new LinkedHashMap<String, String>();
        switch (kind) {
            case JWT_BEARER -> {
                form.put("grant_type", BEARER);
                form.put("assertion", assertion());
            }
            case PRIVATE_KEY_JWT -> {
                form.put("grant_type", "client_credentials");
                form.put("client_assertion_type", ASSERTION);
                form.put("client_assertion", assertion());
            }
            default -> {
                form.put("grant_type", "client_credentials");
                var secret = values.secret(kind.secret(spec));
                if (spec.getClientAuth().equals("basic")) {
                    headers.put("Authorization", Credentials.basic(encode(client()), encode(secret)));
                } else {
                    form.put("client_id", client());
                    form.put("client_secret", secret);
                }
            }
        }
        if (!spec.getScope().isBlank()) {
            form.put("scope", values.fill(spec.getScope()));
        }
        spec.getParameters()
                .lines()
                .filter(line -> line.contains(":"))
                .forEach(line -> form.put(
                        line.substring(0, line.indexOf(':')).strip(),
                        values.fill(line.substring(line.indexOf(':') + 1).strip())));
        var body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return request(headers, body.getBytes(StandardCharsets.US_ASCII));
    }

    /** The signed assertion itself as the proof of who asks. */
    Map<String, String> proof() {
        return Map.of("Authorization", "Bearer " + assertion());
    }

    private VendorRequest request(Map<String, String> headers, byte[] body) {
        return new VendorRequest("POST", uri(), headers, body, "token", Set.of(400, 401, 403));
    }

    private String assertion() {
        PrivateKey key = PrivateKeys.parse(values.secret(kind.secret(spec)));
        var header = new LinkedHashMap<String, Object>();
        header.put("typ", "JWT");
        var keyId = values.fillOptional(spec.getKeyId());
        if (!keyId.isBlank()) {
            header.put("kid", keyId);
        }
        long now = clock.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Object>();
        claims.put("iss", spec.getIssuer().isEmpty() ? client() : values.fill(spec.getIssuer()));
        if (kind != TokenKind.APP) {
            claims.put("sub", spec.getSubject().isEmpty() ? client() : values.fill(spec.getSubject()));
            claims.put("aud", audience());
            claims.put("jti", UUID.randomUUID().toString());
        }
        claims.put("iat", now - (kind == TokenKind.APP ? BACKDATE_SECS : 0));
        claims.put("exp", now + spec.getAssertionSecs());
        return Jwt.sign(key, header, claims);
    }

    private String audience() {
        var audience = spec.getAudience();
        if (audience.isEmpty()) {
            return uri().toString();
        }
        return audience.contains("=>") ? UrlRules.apply(audience, values.fill("{url}")) : values.fill(audience);
    }

    private String client() {
        return values.fill(spec.getClientId());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
