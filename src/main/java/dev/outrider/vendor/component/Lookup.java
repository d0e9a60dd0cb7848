package dev.outrider.vendor.component;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorReply;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.quota.Statuses;
import dev.outrider.vendor.quota.Waiter;
import dev.outrider.vendor.sweep.Requests;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks for one object by its id: found is yes, 404 at every place is no, everything else is an error. */
record Lookup(VendorClient client, StreamRun run, LookupEndpoint spec, List<String> paths) {
    boolean affiliated(String externalId) {
        if (externalId == null || externalId.isBlank()) {
            throw new RunException(
                    RunError.of("affiliation.invalid", "an external id is needed to look anything up", false));
        }
        for (var path : paths) {
            var uri = new Requests(client).uri(path, spec.query(), Map.of("externalId", externalId));
            var request = VendorRequest.get(uri, path).accepting(Set.of(204, 404));
            var reply = asked(request);
            if (reply != null && reply.ok() && found(reply.body(), externalId) && owned(reply.body(), externalId)) {
                return !absent(reply.body());
            }
        }
        if (!spec.getSees().isEmpty()) {
            see();
        }
        return false;
    }

    private void see() {
        var request = VendorRequest.get(new Requests(client).uri(spec.getSees(), Map.of(), Map.of()), spec.getSees());
        try {
            client.call(request, Waiter.of(run));
        } catch (VendorException e) {
            if (e.retryable()) {
                throw e;
            }
            throw new VendorException(
                    "affiliation.unknown",
                    "nothing was found, but the credentials do not see the account either: "
                            + e.error().message(),
                    false,
                    e.status());
        }
    }

    /** Null where the vendor's words mean that there can be no such thing. */
    private VendorReply asked(VendorRequest request) {
        try {
            return client.call(request, Waiter.of(run));
        } catch (VendorException e) {
            if (Statuses.match(spec.getSkipIf(), e.status(), e.error().message())) {
                return null;
            }
            throw e;
        }
    }

    /** A search that finds nothing answers as well as one that does. */
    private boolean found(JsonNode body, String externalId) {
        int at = spec.getFound().indexOf('=');
        if (at < 1) {
            return true;
        }
        var due = spec.getFound().substring(at + 1).replace("{externalId}", externalId);
        return body.at(spec.getFound().substring(0, at)).asText().equalsIgnoreCase(due);
    }

    /** An object that names no owner is found in the account's own place. */
    private boolean owned(JsonNode found, String externalId) {
        int at = spec.getOwner().indexOf('=');
        if (at < 1) {
            return true;
        }
        var due = spec.getOwner().substring(at + 1);
        var owner = found.at(spec.getOwner().substring(0, at));
        return owner.isMissingNode()
                || owner.asText()
                        .equalsIgnoreCase(
                                due.equals("{externalId}")
                                        ? externalId
                                        : client.values().fill(due));
    }

    private boolean absent(JsonNode found) {
        int at = spec.getAbsent().indexOf('=');
        return at > 0
                && found.at(spec.getAbsent().substring(0, at))
                        .asText()
                        .equals(spec.getAbsent().substring(at + 1));
    }
}
