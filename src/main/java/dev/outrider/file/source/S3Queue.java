package dev.outrider.file.source;

import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.store.StateStore;
import dev.outrider.vendor.BreakOff;
import dev.outrider.vendor.EgressGuard;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The messages of a bucket's queue until it is empty. What was received is hidden from other readers for as long as the run lasts, and
 * deleted once all that it names is durable; the rest is let go at the end, for the next run or the queue's redrive policy.
 */
final class S3Queue implements Iterator<S3Message>, AutoCloseable {
    /** For how long a queue keeps a message at most, so how late one can come again. */
    static final Duration LONGEST = Duration.ofDays(14);

    private static final Logger LOG = Logger.getLogger(S3Queue.class);
    private static final int MOST_HELD = 1000;

    private final StreamRun run;
    private final StateStore state;
    private final SqsCalls calls;
    private final BreakOff breakOff;
    private final Map<String, S3Message> held = new ConcurrentHashMap<>();
    private final Deque<S3Message> received = new ArrayDeque<>();
    private final Renewal renewal;
    private boolean empty;

    S3Queue(
            StreamRun run,
            SourceSettings settings,
            StateStore state,
            AwsCredentialsProvider credentials,
            EgressGuard guard) {
        this.run = run;
        this.state = state;
        this.calls = new SqsCalls(settings, credentials, guard);
        this.breakOff = new BreakOff(run::cancelled, calls::close);
        this.renewal = new Renewal(settings.visibility(), () -> calls.show(held.values(), settings.visibility()));
    }

    @Override
    public boolean hasNext() {
        while (received.isEmpty() && !empty) {
            Cancelled.check(run::cancelled);
            receive();
        }
        return !received.isEmpty();
    }

    @Override
    public S3Message next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return received.remove();
    }

    /** Takes what the queue has. Where it has only what the run holds, or the run holds much, the rest is for the next run. */
    private void receive() {
        renewal.start();
        for (var message : receivedNow()) {
            var known = held.putIfAbsent(message.id(), message);
            if (known == null) {
                received.add(message);
            } else {
                known.receipt(message.receipt());
            }
        }
        empty = received.isEmpty();
    }

    private List<S3Message> receivedNow() {
        try {
            return held.size() < MOST_HELD ? calls.receive() : List.of();
        } catch (SdkException e) {
            Cancelled.check(run::cancelled);
            throw new RunException(calls.error(e, "reading the queue"), e);
        }
    }

    /** From now on the message waits for these; none, and it is deleted. */
    void hold(S3Message message, Set<String> units) {
        message.waitFor(units);
        // A unit may have become durable before the message was known to wait for it.
        noteSeen(message);
        settleIfDone(message);
    }

    /** The unit is durable, or there is nothing of it to be had. */
    void settle(String unit) {
        for (var message : held.values()) {
            if (message.open().contains(unit)) {
                message.durable(unit);
                settleIfDone(message);
            }
        }
    }

    private void noteSeen(S3Message message) {
        for (var unit : message.open()) {
            if (state.seen(run.key(), unit).isPresent()) {
                message.durable(unit);
            }
        }
    }

    private void settleIfDone(S3Message message) {
        // The reader and the one that stores may both find it done: whoever takes it out deletes it.
        if (run.cancelled() || !message.done() || held.remove(message.id()) == null) {
            return; // of a cancelled run, when the queue is closed
        }
        try {
            calls.delete(message);
        } catch (RuntimeException e) {
            if (run.cancelled()) {
                held.put(message.id(), message); // broken off
            } else if (e instanceof SdkException failed) {
                // It comes again and is known then.
                run.error(calls.error(failed, "deleting a message of the queue"));
            } else {
                throw e;
            }
        }
    }

    /** What was tried and how it went, in words. */
    String check() {
        try {
            return calls.check();
        } catch (SdkException e) {
            throw new RunException(calls.error(e, "looking at the queue"), e);
        }
    }

    @Override
    public void close() {
        renewal.close();
        breakOff.close();
        calls.close();
        if (!held.isEmpty()) {
            letGo();
        }
    }

    /** By other calls than those that may have been broken off. The first that fails ends it: nobody is to wait for a queue that hangs. */
    private void letGo() {
        try (var last = calls.last()) {
            for (var message : List.copyOf(held.values())) {
                noteSeen(message);
                if (message.done()) {
                    last.delete(message);
                    held.remove(message.id());
                }
            }
            last.show(held.values(), Duration.ZERO);
        } catch (SdkException e) {
            RunError why = calls.error(e, "letting go of messages");
            LOG.infof("%s; they come again when their time is over", why.message());
        }
    }
}
