package dev.outrider.vendor.auth;

import dev.outrider.vendor.http.VendorClock;
import dev.outrider.vendor.spec.AuthSpec;
import dev.outrider.vendor.spec.HeaderSpec;
import dev.outrider.vendor.spec.TokenSpec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses the way in: the first of the class's schemes whose secrets the integration declares. */
public final class Credentials {
    private Credentials() {}

    /**
     * @param declared names of the integration's secrets
     * @param calls how a token is fetched
     * @throws IllegalArgumentException where the class has no scheme for these secrets
     */
    public static Credential choose(
            AuthSpec spec, Set<String> declared, Values values, VendorClock clock, TokenCalls calls) {
        if (has(TokenKind.APP, spec.getApp(), declared)) {
            return new TokenCredential(new TokenRequests(TokenKind.APP, spec.getApp(), values, clock), calls, clock);
        }
        if (has(TokenKind.PRIVATE_KEY_JWT, spec.getPrivateKeyJwt(), declared)) {
            var requests = new TokenRequests(TokenKind.PRIVATE_KEY_JWT, spec.getPrivateKeyJwt(), values, clock);
            return new TokenCredential(requests, calls, clock);
        }
        if (has(TokenKind.JWT_BEARER, spec.getJwtBearer(), declared)) {
            var requests = new TokenRequests(TokenKind.JWT_BEARER, spec.getJwtBearer(), values, clock);
            return new TokenCredential(requests, calls, clock);
        }
        if (has(TokenKind.CLIENT_SECRET, spec.getClientCredentials(), declared)) {
            var requests = new TokenRequests(TokenKind.CLIENT_SECRET, spec.getClientCredentials(), values, clock);
            return new TokenCredential(requests, calls, clock);
        }
        var basic = spec.getBasic();
        if (basic != null && (basic.getSecret().isEmpty() || declared.contains(basic.getSecret()))) {
            return new StaticCredential("Authorization", () -> {
                var password = basic.getSecret().isEmpty() ? "" : values.secret(basic.getSecret());
                return basic(values.fill(basic.getUser()), password);
            });
        }
        var header = spec.getHeader();
        if (header != null && declared.containsAll(names(header))) {
            return new StaticCredential(header.getName(), () -> values.fill(header.getFormat()));
        }
        if (header == null && basic == null && !tokens(spec)) {
            return new NoCredential();
        }
        throw new IllegalArgumentException("the integration declares the secrets " + declared
                + ", and the class has no way to sign in with these: see its settings schema");
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean has(TokenKind kind, TokenSpec spec, Set<String> declared) {
        return spec != null && declared.contains(kind.secret(spec));
    }

    private static Set<String> names(HeaderSpec header) {
        return Arrays.stream(header.getSecret().split(",")).map(String::strip).collect(Collectors.toSet());
    }

    private static boolean tokens(AuthSpec spec) {
        return spec.getApp() != null
                || spec.getPrivateKeyJwt() != null
                || spec.getJwtBearer() != null
                || spec.getClientCredentials() != null;
    }
}
