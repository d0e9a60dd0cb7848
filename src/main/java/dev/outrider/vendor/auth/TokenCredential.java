package dev.outrider.vendor.auth;

import dev.outrider.record.RunException;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.http.UrlRules;
import dev.outrider.vendor.http.VendorClock;
import dev.outrider.vendor.http.VendorReply;
import dev.outrider.vendor.quota.Waiter;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An access token, kept as long as it lives. Shortly before it ends one caller fetches the next while the others go on with the old one;
 * where there is none, one fetches and the others wait.
 */
final class TokenCredential implements Credential {
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final Duration UNKNOWN_LIFE = Duration.ofMinutes(30);

    private static final String HEADER = "header:";

    private record Token(String value, boolean bound, Instant renewFrom, Instant ends, String base) {}

    private final TokenRequests requests;
    private final TokenCalls calls;
    private final VendorClock clock;
    private final Dpop dpop = new Dpop();
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Token token;
    private volatile boolean bind;
    private volatile String nonce;

    TokenCredential(TokenRequests requests, TokenCalls calls, VendorClock clock) {
        this.requests = requests;
        this.calls = calls;
        this.clock = clock;
    }

    @Override
    public Map<String, String> headers(String method, URI uri, Waiter waiter) {
        var current = current(waiter);
        if (current.bound()) {
            var proof = dpop.proof(method, uri, clock.now(), null, current.value());
            return Map.of("Authorization", "DPoP " + current.value(), "DPoP", proof);
        }
        return Map.of("Authorization", requests.spec().getFormat().replace("{token}", current.value()));
    }

    @Override
    public String base() {
        var current = token;
        return current == null ? null : current.base();
    }

    @Override
    public Credential app() {
        return requests.kind() == TokenKind.APP ? new AppCredential(requests) : null;
    }

    @Override
    public boolean renew(Map<String, String> refused) {
        var current = token;
        if (current != null && refused.getOrDefault("Authorization", "").endsWith(current.value())) {
            token = null;
        }
        return true;
    }

    private Token current(Waiter waiter) {
        while (true) {
            var current = token;
            var now = clock.now();
            if (current != null && now.isBefore(current.renewFrom())) {
                return current;
            }
            boolean usable = current != null && now.isBefore(current.ends());
            if (usable ? fetching.tryLock() : locked(waiter)) {
                try {
                    if (token == current) {
                        token = fetch(waiter);
                    }
                } catch (RunException e) {
                    if (!usable) {
                        throw e;
                    }
                    return current;
                } finally {
                    fetching.unlock();
                }
            } else if (usable) {
                return current;
            }
        }
    }

    /** Takes the lock, or says after a while that it did not, so that a cancelled waiter leaves. */
    private boolean locked(Waiter waiter) {
        waiter.check();
        try {
            return fetching.tryLock(250, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waiter.check();
            return false;
        }
    }

    private Token fetch(Waiter waiter) {
        var skew = clock.ahead();
        var reply = ask(waiter);
        if (!reply.ok() && asksForProof(reply)) {
            bind = true;
            nonce = reply.headers().first("DPoP-Nonce").orElse(null);
            reply = ask(waiter);
            if (!reply.ok() && reply.headers().first("DPoP-Nonce").isPresent()) {
                nonce = reply.headers().first("DPoP-Nonce").orElse(null);
                reply = ask(waiter);
            }
        }
        if (!reply.ok() && !clock.ahead().equals(skew)) {
            // The first answer told the vendor's time, and what was signed by ours may have been of the future.
            reply = ask(waiter);
        }
        if (!reply.ok()) {
            throw refused(reply);
        }
        var value = reply.body().at(requests.spec().getToken()).asText("");
        if (value.isEmpty()) {
            throw new VendorException(
                    "vendor.token_missing",
                    requests.uri().getHost() + " answered the token request without a token at "
                            + requests.spec().getToken(),
                    false,
                    reply.status());
        }
        var now = clock.now();
        var life = life(reply, now);
        var early = min(EARLY, life.dividedBy(10));
        return new Token(
                value,
                "DPoP".equalsIgnoreCase(reply.body().path("token_type").asText()),
                now.plus(life).minus(early),
                now.plus(life).minusSeconds(1),
                base(reply));
    }

    /** Where the vendor wants to be called; null where it does not say. */
    private String base(VendorReply reply) {
        var where = requests.spec().getBaseUrl();
        if (where.isEmpty()) {
            return null;
        }
        var said = where.startsWith(HEADER)
                ? reply.headers().first(where.substring(HEADER.length())).orElse(null)
                : reply.body().at(where).asText(null);
        var rules = requests.spec().getBaseUrlRules();
        return said == null || rules.isBlank()
                ? said
                : UrlRules.find(rules, said).orElse(null);
    }

    private VendorReply ask(Waiter waiter) {
        return calls.call(
                () -> requests.request(bind ? dpop.proof("POST", requests.uri(), clock.now(), nonce, null) : null),
                waiter);
    }

    private boolean asksForProof(VendorReply reply) {
        var error = reply.body().path("error").asText();
        return requests.spec().isDpop() && (error.equals("use_dpop_nonce") || error.equals("invalid_dpop_proof"));
    }

    private VendorException refused(VendorReply reply) {
        var why = reply.body().path("error").asText("");
        var more = reply.body()
                .path("error_description")
                .asText(reply.body().path("message").asText(""));
        var said = (why + " " + more).strip();
        return new VendorException(
                "vendor.unauthorized",
                requests.uri().getHost() + " gave no access token (" + reply.status()
                        + (said.isEmpty() ? "" : ": " + said.substring(0, Math.min(300, said.length())))
                        + "): check the integration's client, key and granted scopes",
                false,
                reply.status());
    }

    private static Duration life(VendorReply reply, Instant now) {
        var seconds = reply.body().path("expires_in").asLong(0);
        if (seconds > 0) {
            return Duration.ofSeconds(seconds);
        }
        var at = reply.body().path("expires_at").asText("");
        try {
            return at.isEmpty()
                    ? UNKNOWN_LIFE
                    : Duration.between(now, OffsetDateTime.parse(at).toInstant());
        } catch (DateTimeException e) {
            return UNKNOWN_LIFE;
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
