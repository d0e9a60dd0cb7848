package dev.outrider.webhook;

import static dev.outrider.webhook.Signatures.same;
import static dev.outrider.webhook.Signatures.utf8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a delivery is from who it says, decided on its bytes before anything is parsed. Every secret is tried, also after one matched,
 * so that time tells nothing.
 */
public final class Verifier {
    public static final Set<String> SCHEMES =
            Set.of("hmac", "stripe", "standard", "static", "bearer", "basic", "mtls", "salesforce");

    private static final int MAX_SIGNATURES = 16;

    private Verifier() {}

    static boolean verify(WebhookSpec spec, List<String> secrets, Received received, Instant now) {
        boolean good = false;
        for (var secret : secrets) {
            if (!secret.isBlank()) {
                good |= one(spec, secret, received, now);
            }
        }
        return good;
    }

    private static boolean one(WebhookSpec spec, String secret, Received received, Instant now) {
        return switch (spec.getScheme()) {
            case "hmac" -> hmac(spec, secret, received);
            case "stripe" -> stripe(spec, secret, received, now);
            case "standard" -> standard(spec, secret, received, now);
            case "static" -> same(secret, received.header(spec.getSignatureHeader()));
            case "bearer" -> same(secret, credentials("Bearer ", received));
            case "basic" -> same(Signatures.base64(utf8(secret)), credentials("Basic ", received));
            case "mtls" ->
                received.certificate() != null
                        && same(secret.replace(":", "").toLowerCase(Locale.ROOT), received.certificate());
            case "salesforce" -> OutboundMessage.from(received.body(), secret);
            default -> false;
        };
    }

    /** What follows the scheme, whose name may be in any case; empty where it is another one. */
    private static String credentials(String scheme, Received received) {
        var header = received.header("authorization");
        return header.regionMatches(true, 0, scheme, 0, scheme.length()) ? header.substring(scheme.length()) : "";
    }

    private static boolean hmac(WebhookSpec spec, String secret, Received received) {
        var digest = Signatures.hmac(spec.getAlgorithm(), utf8(secret), received.body());
        var text = "base64".equals(spec.getEncoding()) ? Signatures.base64(digest) : Signatures.hex(digest);
        return same(spec.getPrefix() + text, received.header(spec.getSignatureHeader()));
    }

    private static boolean stripe(WebhookSpec spec, String secret, Received received, Instant now) {
        String time = null;
        boolean once = true;
        var signatures = new ArrayList<String>();
        for (var part : received.header("stripe-signature").split(",")) {
            var at = part.indexOf('=');
            var name = at < 0 ? "" : part.substring(0, at);
            if (name.equals("t")) {
                once &= time == null;
                time = part.substring(2);
            } else if (name.equals("v1") && signatures.size() < MAX_SIGNATURES) {
                signatures.add(part.substring(3));
            }
        }
        // Also of what is too old or unclear: who is refused sooner would learn which names exist.
        boolean good = false;
        var expected = Signatures.hex(Signatures.hmac("sha256", utf8(secret), utf8(time + "."), received.body()));
        for (var signature : signatures) {
            good |= same(expected, signature);
        }
        return good && once && recent(spec, time, now);
    }

    private static boolean standard(WebhookSpec spec, String secret, Received received, Instant now) {
        var id = received.header("webhook-id");
        var time = received.header("webhook-timestamp");
        var head = utf8(id + "." + time + ".");
        boolean asymmetric = secret.startsWith("whpk_");
        byte[] key;
        try {
            key = Base64.getDecoder().decode(secret.replaceFirst("^wh(sec|pk)_", ""));
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (key.length == 0) {
            return false;
        }
        var expected = asymmetric ? "" : Signatures.base64(Signatures.hmac("sha256", key, head, received.body()));
        boolean good = false;
        int tried = 0;
        for (var signature : received.header("webhook-signature").split(" ")) {
            if (tried++ == MAX_SIGNATURES) {
                break;
            }
            if (asymmetric && signature.startsWith("v1a,")) {
                good |= ed25519(key, signature.substring(4), head, received.body());
            } else if (!asymmetric && signature.startsWith("v1,")) {
                good |= same(expected, signature.substring(3));
            }
        }
        return good && !id.isBlank() && recent(spec, time, now);
    }

    private static boolean ed25519(byte[] key, String signature, byte[] head, byte[] body) {
        try {
            var bytes = Base64.getDecoder().decode(signature);
            // The decoder forgives bits that mean nothing: a signature has one spelling only.
            return Signatures.base64(bytes).equals(signature) && Signatures.ed25519(key, bytes, head, body);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** In whole seconds, on both sides. */
    private static boolean recent(WebhookSpec spec, String time, Instant now) {
        if (time == null || !time.matches("[0-9]{1,12}")) {
            return false;
        }
        return Math.abs(now.getEpochSecond() - Long.parseLong(time)) <= spec.getToleranceSecs();
    }
}
