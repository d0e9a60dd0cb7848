package dev.outrider.vendor.component;

import dev.outrider.record.Checks;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorReply;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.vendor.quota.Statuses;
import dev.outrider.vendor.quota.Waiter;
import dev.outrider.vendor.sweep.Requests;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tries whether the credentials may read a stream. An outage is no finding: it is thrown. */
record PermissionCheck(VendorClient client, StreamRun run, VendorEndpoint spec, PageSpec common) {
    void into(Checks checks) {
        var found = checks.refusal()
                .map(refusal -> new Found(Checks.Cause.CREDENTIALS, refusal))
                .orElseGet(this::tried);
        for (var stream : spec.getStream().split(",")) {
            if (found.cause() == null) {
                checks.passed(stream.strip(), found.detail());
            } else {
                checks.failed(stream.strip(), found.detail(), found.cause());
            }
        }
    }

    /** @param cause null where all is well */
    private record Found(Checks.Cause cause, String detail) {}

    private Found tried() {
        var query = new LinkedHashMap<>(spec.query());
        if (spec.getSize() > 0 && common.getSize() > 0) {
            query.putIfAbsent(common.getSizeParam(), Integer.toString(spec.getSize()));
        }
        var uri = new Requests(client).uri(spec.getPath(), query, Map.of());
        var request = VendorRequest.get(uri, spec.getPath()).accepting(Statuses.of(spec.getSkip()));
        try {
            return judge(client.call(request, Waiter.of(run)));
        } catch (VendorException e) {
            if (e.retryable()) {
                throw e;
            }
            if (Statuses.match(spec.getSkipIf(), e.status(), e.error().message())) {
                return new Found(null, spec.getPath() + ": this account has none (" + e.status() + ")");
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

    private Found judge(VendorReply reply) {
        if (!reply.ok()) {
            return new Found(null, spec.getPath() + ": this account has none (" + reply.status() + ")");
        }
        var items = spec.getItems().isEmpty() ? common.getItems() : spec.getItems();
        if (!items.equals("none") && !VendorClient.at(reply.body(), items).isArray()) {
            return new Found(
                    Checks.Cause.CONFIGURATION,
                    reply.uri().getHost() + spec.getPath()
                            + " did not answer with a list: is the url that of the vendor's API?");
        }
        return new Found(null, spec.getPath() + " may be read");
    }

    private String advice(VendorException failure) {
        return switch (failure.status()) {
            case 403 -> spec.getPermission().isEmpty() ? "" : ": grant " + spec.getPermission();
            case 404 ->
                ": there is no such thing at this url, or the credentials may not see it"
                        + (spec.getPermission().isEmpty() ? "" : " (it needs " + spec.getPermission() + ")");
            default -> "";
        };
    }
}
