package dev.outrider.vendor.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.RunException;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.auth.Credential;
import dev.outrider.vendor.auth.Credentials;
import dev.outrider.vendor.auth.Values;
import dev.outrider.vendor.quota.QuotaLedger;
import dev.outrider.vendor.quota.Waiter;
import dev.outrider.vendor.spec.HttpSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Calls one vendor for one integration. A call is one unit: token, allowance, request, the whole answer read and judged; it is retried as
 * such, with a fresh token and never with half an answer.
 */
public final class VendorClient implements AutoCloseable {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MAX_REDIRECTS = 5;

    private final String integration;
    private final URI base;
    private final HttpSpec spec;
    private final Values values;
    private final Transport transport;
    private final QuotaLedger ledger;
    private final VendorClock clock = new VendorClock(Clock.systemUTC());
    private final Reach reach;
    private final Replies replies;
    private final Attempts attempts;
    private final Attempts tokenAttempts;
    /** In whose name calls can be made, each with its own allowance. */
    private final Map<SignIn, Account> accounts = new EnumMap<>(SignIn.class);

    private record Account(Credential credential, QuotaLedger ledger) {}

    /**
     * @param secrets names of the integration's secrets
     * @param app the ledger of the app's own calls, asked for only where the integration signs in as an app
     */
    public VendorClient(
            String integration,
            URI base,
            HttpSpec spec,
            Values values,
            Set<String> secrets,
            Transport transport,
            QuotaLedger ledger,
            Supplier<QuotaLedger> app) {
        this.integration = integration;
        this.base = base;
        this.spec = spec;
        this.values = values;
        this.transport = transport;
        this.ledger = ledger;
        this.reach = new Reach(base, spec.getHosts());
        this.replies = new Replies(integration, spec);
        this.attempts = new Attempts(base.getHost(), spec.getRetry());
        this.tokenAttempts = new Attempts(base.getHost() + " (token)", spec.getRetry());
        var credential = Credentials.choose(spec.getAuth(), secrets, values, clock, this::token);
        accounts.put(SignIn.ACCOUNT, new Account(credential, ledger));
        if (credential.app() != null) {
            accounts.put(SignIn.APP, new Account(credential.app(), app.get()));
        }
    }

    public URI base() {
        return base;
    }

    /** What the paths of the class's routes begin with. */
    public String path() {
        return spec.getPath();
    }

    /** The host that is called: that of the base URL, or where the vendor moved it. */
    public String host() {
        return reach.host();
    }

    public Values values() {
        return values;
    }

    public VendorClock clock() {
        return clock;
    }

    /** A digest of the credential in use: what the vendor told to one is not true for another. */
    public String credential() {
        return ledger.credential();
    }

    /** Whether calls can be made in a name at all. */
    public boolean signsInAs(SignIn signIn) {
        return signIn == SignIn.NOBODY || accounts.containsKey(signIn);
    }

    /** The header that tells of rows that were left out, and its pattern. */
    public String partialIf() {
        return spec.getPartialIf();
    }

    /** Whether an address is the integration's own origin. */
    public boolean home(URI uri) {
        return reach.home(uri);
    }

    /**
     * Sends the request until it is answered.
     *
     * @throws VendorException where it is not, or the answer is an error
     * @throws RunException {@code egress.refused}, or {@code job.cancelled} where the waiter gave up
     */
    public VendorReply call(VendorRequest request, Waiter waiter) {
        return call(request, waiter, replies::read);
    }

    /**
     * Stores what is answered in a file, until it is there whole; an empty answer is none.
     *
     * @param most bytes; more are refused
     * @param secs how long one attempt may take
     * @return a reply whose body is the number of bytes
     * @throws VendorException as {@link #call}
     */
    public VendorReply download(VendorRequest request, Waiter waiter, FileChannel to, long most, int secs) {
        var download = new Download(to, most, secs, waiter);
        return call(
                request,
                waiter,
                (asked, uri, raw) -> raw.status() >= 200 && raw.status() < 300
                        ? download.read(uri, raw)
                        : replies.read(asked, uri, raw));
    }

    /** Makes a reply of what comes in. */
    private interface Receiver {
        VendorReply read(VendorRequest request, URI uri, RawReply raw);
    }

    private VendorReply call(VendorRequest request, Waiter waiter, Receiver receiver) {
        check(request, request.uri());
        var of = request.anonymous() ? accounts.get(SignIn.ACCOUNT) : account(request);
        return attempts.call(() -> attempt(request, waiter, receiver), request.endpoint(), of.ledger(), waiter);
    }

    private Account account(VendorRequest request) {
        var account = accounts.get(request.signIn());
        if (account == null) {
            throw new IllegalArgumentException(integration + " does not sign in as an app");
        }
        return account;
    }

    private void check(VendorRequest request, URI uri) {
        if (request.anonymous()) {
            reach.checkAnonymous(uri);
        } else {
            reach.check(uri);
        }
    }

    private VendorReply attempt(VendorRequest request, Waiter waiter, Receiver receiver) {
        if (request.anonymous()) {
            return send(request, null, Map.of(), null, receiver, waiter);
        }
        var account = account(request);
        var credential = account.credential();
        boolean renewed = false;
        while (true) {
            var proof = proof(credential, request, waiter);
            try {
                try (var permit = account.ledger().acquire(request.endpoint(), waiter)) {
                    return send(request, credential.base(), proof, permit, receiver, waiter);
                }
            } catch (VendorException e) {
                if (e.status() != 401 || renewed || !credential.renew(proof)) {
                    throw e;
                }
                renewed = true;
            }
        }
    }

    private Map<String, String> proof(Credential credential, VendorRequest request, Waiter waiter) {
        try {
            return credential.headers(request.method(), request.uri(), waiter);
        } catch (IllegalStateException | IllegalArgumentException e) {
            // A secret that leads nowhere, a key that cannot be read: the messages name it and never quote it.
            throw new VendorException("credentials.unusable", integration + ": " + e.getMessage(), false, e);
        }
    }

    /**
     * @param moved where the vendor said that it wants to be called; null for where its settings say
     * @param permit what the answer's allowance is learned by; null for a request that uses none
     */
    private VendorReply send(
            VendorRequest request,
            String moved,
            Map<String, String> proof,
            QuotaLedger.Permit permit,
            Receiver receiver,
            Waiter waiter) {
        var uri = request.anonymous() ? request.uri() : reach.moved(request.uri(), moved);
        for (int hop = 0; ; hop++) {
            var headers = headers(request);
            if (reach.home(uri)) {
                headers.putAll(proof);
            }
            try (var raw = transport(request, uri, headers, waiter)) {
                clock.learn(raw.headers());
                if (permit != null && reach.home(uri)) {
                    permit.learn(raw.headers());
                }
                if (REDIRECTS.contains(raw.status())) {
                    if (hop == MAX_REDIRECTS) {
                        throw circle(request, uri, raw.status());
                    }
                    uri = redirect(request, uri, raw);
                    continue;
                }
                var reply = receiver.read(request, uri, raw);
                // Links in it are read as if the vendor were where its settings say: a stored one outlives a move.
                return hop == 0 ? reply.of(request.uri()) : reply;
            } catch (VendorException e) {
                waiter.check();
                if (permit != null && e.pause() != null) {
                    permit.block(e.pause());
                }
                throw e;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private RawReply transport(VendorRequest request, URI uri, Map<String, String> headers, Waiter waiter) {
        try {
            return transport.send(request.method(), uri, headers, request.body(), waiter);
        } catch (RunException e) {
            throw e;
        } catch (Exception e) {
            // A request that was broken off fails in many ways, and none is the vendor's fault.
            waiter.check();
            throw NetworkFaults.of(uri, e);
        }
    }

    private static VendorException circle(VendorRequest request, URI last, int status) {
        return new VendorException(
                "vendor.redirect_loop",
                Replies.place(request.uri()) + " redirected " + MAX_REDIRECTS + " times, in the end to "
                        + Replies.place(last) + ", and leads on: correct the address that the settings name",
                false,
                status);
    }

    private URI redirect(VendorRequest request, URI from, RawReply raw) {
        var to = raw.headers().first("Location").map(from::resolve).orElse(null);
        if (to == null || !request.method().equals("GET")) {
            throw new VendorException(
                    "vendor.redirected",
                    Replies.place(from) + " answered " + raw.status() + " where no redirect can be followed",
                    false,
                    raw.status());
        }
        check(request, to);
        return to;
    }

    private Map<String, String> headers(VendorRequest request) {
        var headers = new HashMap<String, String>();
        headers.put("Accept", "application/json");
        (request.anonymous() ? "" : spec.getHeaders())
                .lines()
                .filter(line -> line.contains(":"))
                .forEach(line -> headers.put(
                        line.substring(0, line.indexOf(':')).strip(),
                        values.fill(line.substring(line.indexOf(':') + 1).strip())));
        headers.putAll(request.headers());
        return headers;
    }

    /** Token requests wait for nobody's allowance, and go where the class's description says and nowhere else. */
    private VendorReply token(Supplier<VendorRequest> requests, Waiter waiter) {
        return tokenAttempts.call(
                () -> {
                    var request = requests.get();
                    try (var raw = transport(request, request.uri(), request.headers(), waiter)) {
                        clock.learn(raw.headers());
                        return replies.read(request, request.uri(), raw);
                    } catch (VendorException e) {
                        waiter.check();
                        if (e.pause() != null) {
                            ledger.pause(e.pause(), request.endpoint(), waiter);
                        }
                        throw e;
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "token",
                ledger,
                waiter);
    }

    /** Reads a JSON pointer; a missing node where nothing is. */
    public static JsonNode at(JsonNode body, String pointer) {
        return pointer.isEmpty() ? body : body.at(pointer);
    }

    @Override
    public void close() {
        transport.close();
    }

    @Override
    public String toString() {
        return integration + " at " + base.getHost();
    }
}
