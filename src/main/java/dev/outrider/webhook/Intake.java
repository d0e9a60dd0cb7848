package dev.outrider.webhook;

import dev.outrider.integration.Integration;
import dev.outrider.store.Deliveries.Accepted;
import dev.outrider.store.Delivery;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Decides on a delivery: who sent it, whether it came before; stores what is new, then says so. */
@ApplicationScoped
@Unremovable
public class Intake {
    private static final int HEADER_MAX_CHARS = 1024;
    private static final String ACCEPTED = "{\"status\":\"accepted\"}";
    private static final String REPLAYED = "{\"status\":\"replayed\"}";

    private final WebhookTargets targets;
    private final DeliveryWriter writer;
    private final DeliveryWorker worker;
    private final MeterRegistry meters;
    private final Tally unknown;
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
    private final Strangers strangers = new Strangers();

    @Inject
    public Intake(WebhookTargets targets, DeliveryWriter writer, DeliveryWorker worker, MeterRegistry meters) {
        this.targets = targets;
        this.writer = writer;
        this.worker = worker;
        this.meters = meters;
        this.unknown = Tally.of(meters, "unknown");
    }

    /**
     * @param status HTTP status
     * @param body what is answered; null for nothing
     * @param type its media type
     */
    public record Answer(int status, String body, String type) {
        static Answer plain(int status) {
            return new Answer(status, null, null);
        }
    }

    /** Answers a sender's verification by GET; the secret it must show is checked first. */
    public Answer challenge(String name, Map<String, String> headers) {
        var received = new Received(headers, new byte[0], null);
        var target = targets.find(name);
        boolean good = strangers.verify(target, received, Instant.now());
        var header = target.map(t -> t.spec().getChallengeHeader()).orElse("");
        if (target.isEmpty() || header.isEmpty()) {
            return Answer.plain(targets.broken(name) ? 503 : 404);
        }
        var challenge = received.header(header);
        if (!good) {
            return Answer.plain(401);
        }
        return challenge.isEmpty() || challenge.length() > HEADER_MAX_CHARS
                ? Answer.plain(400)
                : new Answer(200, Items.stored(Map.of("verification", challenge)), "application/json");
    }

    /** @param wait whether the answer waits for the records to be in the sink */
    public CompletionStage<Answer> accept(String name, Received received, boolean wait) {
        var now = Instant.now();
        var target = targets.find(name);
        boolean good = strangers.verify(target, received, now);
        if (target.isEmpty() || !good) {
            if (target.isEmpty() && targets.broken(name)) {
                return CompletableFuture.completedFuture(Answer.plain(503));
            }
            (target.isEmpty() ? unknown : tally(target.get().integration()))
                    .refused()
                    .increment();
            return CompletableFuture.completedFuture(Answer.plain(target.isEmpty() ? 404 : 401));
        }
        if (worker.full() || writer.full()) {
            return CompletableFuture.completedFuture(Answer.plain(503));
        }
        var spec = target.get().spec();
        var integration = target.get().integration();
        var tally = tally(integration);
        tally.received().increment();
        var delivery = new Delivery(
                writer.next(),
                integration.tenant(),
                integration.name(),
                Identity.of(spec, received),
                Identity.reading(spec, received),
                KeptHeaders.of(spec, received.headers()),
                spec.getScheme().equals("salesforce")
                        ? OutboundMessage.withoutSession(received.body())
                        : received.body(),
                now);
        var processed = wait ? worker.expect(delivery.seq()) : null;
        return writer.write(delivery).thenCompose(accepted -> {
            tally.of(accepted).increment();
            if (accepted != Accepted.FRESH) {
                worker.forget(delivery.seq());
                return CompletableFuture.completedFuture(
                        accepted == Accepted.REPLAYED ? answer(spec, 200, REPLAYED) : Answer.plain(503));
            }
            worker.wake(delivery);
            return processed == null
                    ? CompletableFuture.completedFuture(answer(spec, 202, ACCEPTED))
                    : processed.thenApply(outcome -> answer(spec, 200, Outcome.json(outcome)));
        });
    }

    /** The answer, or, where processing takes longer than that, that the delivery is durable. */
    public CompletableFuture<Answer> within(CompletableFuture<Answer> answer, Duration limit) {
        return answer.copy()
                .completeOnTimeout(
                        new Answer(202, ACCEPTED, "application/json"), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Answer answer(WebhookSpec spec, int status, String json) {
        return spec.getScheme().equals("salesforce")
                ? new Answer(200, OutboundMessage.ACKNOWLEDGED, "text/xml")
                : new Answer(status, json, "application/json");
    }

    private Tally tally(Integration integration) {
        return tallies.computeIfAbsent(integration.name(), name -> Tally.of(meters, name));
    }
}
