package dev.outrider.simulator;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The access tokens that a simulated vendor gave out. */
final class Tokens {
    private final Plan.Tokens plan;
    private final Map<String, Instant> issued = new ConcurrentHashMap<>();

    /** @param plan null for a vendor without a token endpoint */
    Tokens(Plan.Tokens plan) {
        this.plan = plan;
    }

    /** @param url where the vendor is */
    Reply issue(String url) {
        var token = "simulated-token-" + (issued.size() + 1);
        var expires = Instant.now().plusSeconds(plan.validSecs());
        issued.put(token, expires);
        var reply = Reply.json(
                plan.status(),
                plan.body()
                        .toString()
                        .replace("${token}", token)
                        .replace("${url}", url)
                        .replace("${expires}", expires.toString())
                        .replace("${secs}", Integer.toString(plan.validSecs())));
        plan.headers().forEach(reply::with);
        return reply;
    }

    boolean valid(String authorization) {
        if (plan == null) {
            return false;
        }
        int space = authorization.indexOf(' ');
        if (space < 0 || !plan.schemes().contains(authorization.substring(0, space))) {
            return false;
        }
        var expires = issued.get(authorization.substring(space + 1));
        return expires != null && Instant.now().isBefore(expires);
    }

    /** Refuses from now on what was given out before. */
    void expire() {
        issued.replaceAll((token, expires) -> Instant.EPOCH);
    }
}
