package dev.outrider.webhook;

import dev.outrider.store.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Jobs that deliveries ask for. A delivery is covered once a job that was asked for after it came has collected its streams to their end, so
 * many deliveries make few jobs; and between two of them lies a pause, because each takes of the vendor's allowance. A stream that was not
 * collected is asked for again, later each time, until that is enough. Used by one thread.
 */
final class Triggers {
    private static final Duration PAUSE_MAX = Duration.ofMinutes(10);
    private static final int DOUBLED_MAX = 16;
    /** So many may wait by themselves: whoever waits is looked at again and again. */
    static final int WAITING_MAX = 1000;

    /** Where a delivery is. */
    enum Place {
        COVERED,
        /** It waits for a job, or for the next one. */
        WAITS,
        /** So many jobs failed that no more are asked for. */
        GIVEN_UP
    }

    /** @param why what kept the last job from collecting a stream; null unless given up */
    record Answer(Place place, String why) {}

    /** What is known of one stream of an integration. */
    private static final class State {
        /** When the last job was asked for that went well, and the last one that was one too many. */
        private Instant covered = Instant.MIN;

        private Instant lost = Instant.MIN;
        private Instant asked;
        private Instant notBefore = Instant.MIN;
        /** The job under way gives the streams that it did not collect; null where none is. */
        private CompletableFuture<Map<String, String>> job;

        private int failed;
        private String why;
    }

    private final WebhookTargets targets;
    private final Duration pause;
    private final int tries;
    private final Map<String, Map<String, State>> states = new HashMap<>();
    /** What deliveries wait for that are nothing else, by their number: so none must be read again only to wait again. */
    private final Map<Long, List<String>> waiting = new HashMap<>();

    Triggers(WebhookTargets targets, Duration pause, int tries) {
        this.targets = targets;
        this.pause = pause;
        this.tries = tries;
    }

    /** Whether it is known that a delivery still waits; asks for the job where it is time for that. */
    boolean waits(WebhookTarget target, Delivery delivery, Instant now) {
        var streams = waiting.get(delivery.seq());
        return streams != null && answer(target, delivery, streams, now).place() == Place.WAITS;
    }

    void forget(Delivery delivery) {
        waiting.remove(delivery.seq());
    }

    /** Notes that a delivery does nothing but wait for these streams; false where so many do that those behind it must wait too. */
    boolean await(Delivery delivery, Collection<String> streams) {
        return waiting.size() < WAITING_MAX && waiting.put(delivery.seq(), List.copyOf(streams)) == null;
    }

    /** Where a delivery is; asks for a job of its streams where it is time for that. */
    Answer answer(WebhookTarget target, Delivery delivery, Collection<String> streams, Instant now) {
        var known = states.computeIfAbsent(delivery.integration(), missing -> new HashMap<>());
        boolean covered = true;
        var due = new ArrayList<String>();
        for (var stream : streams) {
            var state = known.computeIfAbsent(stream, missing -> new State());
            settle(state, stream, now);
            if (delivery.received().isBefore(state.covered)) {
                continue;
            }
            if (delivery.received().isBefore(state.lost)) {
                return new Answer(Place.GIVEN_UP, "stream " + stream + ": " + state.why);
            }
            covered = false;
            if (state.job == null && !now.isBefore(state.notBefore)) {
                due.add(stream);
            }
        }
        if (!due.isEmpty()) {
            targets.collect(target, due).ifPresent(job -> due.forEach(stream -> asked(known.get(stream), job, now)));
        }
        return new Answer(covered ? Place.COVERED : Place.WAITS, null);
    }

    private void asked(State state, CompletableFuture<Map<String, String>> job, Instant now) {
        state.job = job;
        // As coarse as the store keeps when a delivery came: one of the same millisecond may have come later.
        state.asked = now.truncatedTo(ChronoUnit.MILLIS);
        state.notBefore = now.plus(pause);
    }

    private void settle(State state, String stream, Instant now) {
        if (state.job == null || !state.job.isDone()) {
            return;
        }
        state.why = state.job.join().get(stream);
        state.job = null;
        if (state.why == null) {
            state.covered = state.asked;
            state.failed = 0;
            return;
        }
        var longer = pause.multipliedBy(1L << Math.min(state.failed, DOUBLED_MAX));
        state.notBefore = now.plus(longer.compareTo(PAUSE_MAX) < 0 ? longer : PAUSE_MAX);
        if (++state.failed == tries) {
            state.lost = state.asked;
            state.failed = 0;
        }
    }
}
