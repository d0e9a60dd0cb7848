package dev.outrider.vendor.component;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.StreamRun;
import dev.outrider.store.Seen;
import dev.outrider.store.StateStore;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.vendor.paging.Paging;
import dev.outrider.vendor.quota.Statuses;
import dev.outrider.vendor.quota.Waiter;
import dev.outrider.vendor.sweep.Requests;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Asks the vendor to deliver again what failed. Each failed attempt is asked for once, and a delivery at most three times: one that fails
 * for good must not come for ever.
 */
record Redelivery(VendorClient client, StateStore state, StreamRun run, RedeliverEndpoint spec) {
    private static final Logger LOG = Logger.getLogger(Redelivery.class);
    private static final int MOST_ASKS = 3;
    private static final int MOST_PAGES = 10;
    /** What the vendor says of an attempt that it knows no more, or that cannot be repeated. */
    private static final Set<Integer> GONE = Set.of(404, 410, 422);

    /** How many were asked for. */
    long ask() {
        if (!client.signsInAs(spec.getSignIn())) {
            return 0;
        }
        var hook = hook();
        if (hook.isEmpty()) {
            return 0;
        }
        long asked = 0;
        var newest = new LinkedHashMap<String, JsonNode>();
        for (var attempt : pages(spec.getPath(), spec.query(), Map.of("hook", hook.get()), Set.of())) {
            // The newest first: what came through in the end did not fail.
            newest.putIfAbsent(attempt.at(spec.getDelivery()).asText(), attempt);
        }
        for (var one : newest.entrySet()) {
            int status = one.getValue().at(spec.getAnswered()).asInt();
            if ((status < 200 || status > 299)
                    && due(one.getKey(), one.getValue().path("id").asText())) {
                asked += again(
                                hook.get(),
                                one.getKey(),
                                one.getValue().path("id").asText())
                        ? 1
                        : 0;
            }
        }
        return asked;
    }

    private Optional<String> hook() {
        var named = run.integration().setting("hookId", "");
        if (!named.isEmpty() && spec.getPath().contains("{hook}")) {
            return Optional.of(named);
        }
        var ours = "/webhooks/" + run.integration().name();
        var skip = Statuses.of(spec.getSkip());
        var found = pages(spec.getHooks(), Map.of(), Map.of(), skip).stream()
                .filter(hook -> hook.at(spec.getAddress())
                        .asText()
                        .replaceFirst("[?#].*", "")
                        .endsWith(ours))
                .findFirst();
        if (found.isEmpty()) {
            LOG.debugf("%s: the vendor shows no hook that leads to %s", run.key(), ours);
        }
        return found.map(hook -> hook.path("id").asText());
    }

    private List<JsonNode> pages(String path, Map<String, String> query, Map<String, String> given, Set<Integer> skip) {
        var paging = new Paging(new PageSpec());
        var all = new ArrayList<JsonNode>();
        URI at = new Requests(client).uri(path, query, given);
        for (int page = 1; at != null && page <= MOST_PAGES; page++) {
            var reply = client.call(VendorRequest.get(at, path).accepting(skip).as(spec.getSignIn()), Waiter.of(run));
            if (!reply.ok()) {
                LOG.debugf("%s: %s is not shown to these credentials (%d)", run.key(), path, reply.status());
                return all;
            }
            var items = reply.body().isArray()
                    ? StreamSupport.stream(reply.body().spliterator(), false).toList()
                    : List.of(reply.body());
            all.addAll(items);
            at = paging.next(at, reply, items, page);
            at = at != null && client.home(at) ? at : null;
        }
        return all;
    }

    private boolean due(String delivery, String attempt) {
        var before = state.seen(run.key(), mark(delivery)).map(Seen::unit).orElse("0:");
        return !before.endsWith(":" + attempt) && asks(before) < MOST_ASKS;
    }

    private boolean again(String hook, String delivery, String attempt) {
        var uri = new Requests(client).uri(spec.getAgain(), Map.of(), Map.of("hook", hook, "id", attempt));
        var request = new VendorRequest("POST", uri, Map.of(), new byte[0], spec.getAgain(), new TreeSet<>(GONE));
        var reply = client.call(request.as(spec.getSignIn()), Waiter.of(run));
        int asks = asks(state.seen(run.key(), mark(delivery)).map(Seen::unit).orElse("0:")) + 1;
        state.see(
                run.key(),
                List.of(new Seen(
                        mark(delivery), client.clock().now(), (reply.ok() ? asks : MOST_ASKS) + ":" + attempt)));
        return reply.ok();
    }

    private static int asks(String unit) {
        return Integer.parseInt(unit.substring(0, unit.indexOf(':')));
    }

    private static String mark(String delivery) {
        return "redelivery|" + delivery;
    }
}
