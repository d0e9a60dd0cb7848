package dev.outrider.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in for names that nobody has: whoever is refused costs a signature of each kind and a look into XML, whatever was asked for, so
 * that time does not tell which names exist. Signatures by a public key are the dearest, so they are tried only
 * once somebody was refused who asked for an integration that has one.
 */
final class Strangers {
    private static final int KEY_BYTES = 32;

    private final WebhookTarget digest;
    private final WebhookTarget message;
    private final WebhookTarget key;
    private volatile boolean keys;

    Strangers() {
        var secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        digest = target("hmac", Signatures.hex(secret));
        message = target("salesforce", Signatures.hex(secret));
        key = target("standard", "whpk_" + Signatures.base64(publicKey()));
    }

    private static WebhookTarget target(String scheme, String secret) {
        var spec = new WebhookSpec();
        spec.setScheme(scheme);
        return new WebhookTarget(null, spec, Map.of(), List.of(secret), "");
    }

    /** A real one: what is no point of the curve is refused at once. */
    private static byte[] publicKey() {
        try {
            var encoded = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPublic()
                    .getEncoded();
            return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a delivery is from who it says; where it is not, that took as long as for every other name. */
    boolean verify(Optional<WebhookTarget> target, Received received, Instant now) {
        boolean good = target.isPresent() && verify(target.get(), received, now);
        if (!good) {
            var tried = target.map(this::like).orElse(null);
            keys |= tried == key;
            for (var one : keys ? List.of(digest, message, key) : List.of(digest, message)) {
                if (one != tried) {
                    verify(one, received, now);
                }
            }
        }
        return good;
    }

    private static boolean verify(WebhookTarget target, Received received, Instant now) {
        return Verifier.verify(target.spec(), target.secrets(), received, now);
    }

    /** The one that costs what a target does; null where none does. */
    private WebhookTarget like(WebhookTarget target) {
        return switch (target.spec().getScheme()) {
            case "salesforce" -> message;
            case "hmac", "stripe" -> digest;
            case "standard" -> target.secrets().stream().anyMatch(secret -> secret.startsWith("whpk_")) ? key : digest;
            default -> null;
        };
    }
}
