package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.outrider.record.RunError;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.http.Headers;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorReply;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.vendor.quota.Statuses;
import dev.outrider.vendor.quota.Waiter;
import java.util.Map;
import java.util.regex.Pattern;

/** Asks, and tells an account that has no such listing, or may not see all of it, from one whose listing failed. */
final class Offers {
    private final VendorClient client;
    private final StreamRun run;
    private final String skipIf;
    private boolean hidden;

    Offers(VendorClient client, StreamRun run, PageSpec spec) {
        this.client = client;
        this.run = run;
        this.skipIf = spec.getSkipIf();
    }

    /**
     * The answer.
     *
     * @param first whether this is a listing's first page: one that is refused in words that the class knows comes back as it is
     */
    VendorReply ask(VendorRequest request, boolean first) {
        try {
            var reply = client.call(request, Waiter.of(run));
            if (reply.ok()) {
                hidden(reply);
            }
            return reply;
        } catch (VendorException e) {
            if (!first || !Statuses.match(skipIf, e.status(), e.error().message())) {
                throw e;
            }
            return new VendorReply(e.status(), Headers.of(Map.of()), MissingNode.getInstance(), request.uri());
        }
    }

    /** Whether the vendor said, so far, that it left rows out. */
    boolean hidden() {
        return hidden;
    }

    private void hidden(VendorReply reply) {
        var rule = client.partialIf();
        int at = rule.indexOf(':');
        if (at < 1) {
            return;
        }
        var pattern = Pattern.compile(rule.substring(at + 1).strip());
        reply.headers()
                .first(rule.substring(0, at).strip())
                .filter(value -> pattern.matcher(value).find())
                .ifPresent(value -> {
                    hidden = true;
                    run.partial(RunError.of(
                            "vendor.partial_results",
                            reply.uri().getHost() + reply.uri().getRawPath()
                                    + " left rows out that these credentials may not see (" + value
                                    + "): authorize them",
                            false));
                });
    }
}
