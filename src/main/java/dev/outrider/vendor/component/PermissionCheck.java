package dev.outrider.vendor.component;

import dev.outrider.record.Checks;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorReply;
import dev.outrider.vendor.quota.Statuses;
import dev.outrider.vendor.quota.Waiter;

/**
 * Tries whether the credentials may read a stream. An outage is no finding: it is thrown.
 *
 * @param permission what to grant where the vendor refuses; empty where nothing is known
 */
record PermissionCheck(VendorClient client, StreamRun run, String permission, Probe probe) {
    void into(Checks checks, String stream) {
        var found = checks.refusal()
                .map(refusal -> new Found(Checks.Cause.CREDENTIALS, refusal))
                .orElseGet(() -> tried(probe));
        if (found.cause() == null) {
            checks.passed(stream, found.detail());
        } else {
            checks.failed(stream, found.detail(), found.cause());
        }
    }

    /** @param cause null where all is well */
    private record Found(Checks.Cause cause, String detail) {}

    private Found tried(Probe probe) {
        try {
            return judge(probe, client.call(probe.request(), Waiter.of(run)));
        } catch (VendorException e) {
            if (e.retryable()) {
                throw e;
            }
            if (Statuses.match(probe.skipIf(), e.status(), e.error().message())) {
                return none(probe, e.status());
            }
            if (e.status() == 404 && probe.otherwise() != null) {
                return tried(probe.otherwise());
            }
            var cause =
                    switch (e.status()) {
                        case 401 -> Checks.Cause.CREDENTIALS;
                        case 403, 404 -> Checks.Cause.PERMISSION;
                        default ->
                            e.error().code().startsWith("credentials.")
                                    ? Checks.Cause.CREDENTIALS
                                    : Checks.Cause.CONFIGURATION;
                    };
            return new Found(cause, e.error().message() + advice(e));
        }
    }

    private Found judge(Probe probe, VendorReply reply) {
        if (!reply.ok()) {
            return none(probe, reply.status());
        }
        if (!probe.items().equals(Probe.ANYTHING)
                && !VendorClient.at(reply.body(), probe.items()).isArray()) {
            return new Found(
                    Checks.Cause.CONFIGURATION,
                    reply.uri().getHost() + probe.path()
                            + " did not answer with a list: is the url that of the vendor's API?");
        }
        var rank = probe.rank();
        var told = reply.body().at(rank.at());
        if (!told.isIntegralNumber() || told.asLong() >= rank.whole()) {
            return new Found(null, probe.path() + " may be read");
        }
        var has = probe.path() + " tells " + rank.at() + " " + told;
        return told.asLong() < rank.least()
                ? new Found(Checks.Cause.PERMISSION, has + ", which is less than " + rank.least() + grant())
                : new Found(
                        null,
                        has + ", which is less than " + rank.whole()
                                + ": what these credentials may not view is left out without a word");
    }

    private static Found none(Probe probe, int status) {
        return new Found(null, probe.path() + ": this account has none (" + status + ")");
    }

    private String grant() {
        return permission.isEmpty() ? "" : ": grant " + permission;
    }

    private String advice(VendorException failure) {
        return switch (failure.status()) {
            case 403 -> grant();
            case 404 ->
                ": there is no such thing at this url, or the credentials may not see it"
                        + (permission.isEmpty() ? "" : " (it needs " + permission + ")");
            default -> "";
        };
    }
}
