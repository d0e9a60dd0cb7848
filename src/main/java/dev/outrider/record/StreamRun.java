package dev.outrider.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.integration.Integration;
import dev.outrider.store.StreamKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * One stream of one job while it runs: in whose name pages are made, what was counted, whether the stream is complete. Travels with
 * every exchange as the property {@link #PROPERTY}.
 */
public final class StreamRun {
    public static final String PROPERTY = "outrider.stream";

    private static final Logger LOG = Logger.getLogger(StreamRun.class);
    private static final int MOST_ERRORS = 100;

    private final Integration integration;
    private final String surface;
    private final String stream;
    private final String job;
    private final boolean full;
    private final BooleanSupplier cancelled;
    private final JsonNode event;
    private final Counts counts;
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final List<RunError> errors = new ArrayList<>();
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private boolean partial;
    private long more;

    /**
     * @param surface attack surface stamped on every record: internal, external, cloud, repository or application
     * @param full whether the stream should ignore its cursor and collect everything
     * @param cancelled asked at every page boundary
     */
    public StreamRun(
            Integration integration,
            String surface,
            String stream,
            String job,
            boolean full,
            BooleanSupplier cancelled) {
        this(integration, surface, stream, job, full, cancelled, null, new Counts());
    }

    /** @param event what asked for the run, when it names what to collect (an S3 notification); null for everything that is due */
    public StreamRun(
            Integration integration,
            String surface,
            String stream,
            String job,
            boolean full,
            BooleanSupplier cancelled,
            JsonNode event,
            Counts counts) {
        this.event = event;
        this.counts = counts;
        this.integration = integration;
        this.surface = surface;
        this.stream = stream;
        this.job = job;
        this.full = full;
        this.cancelled = cancelled;
    }

    public Integration integration() {
        return integration;
    }

    public String surface() {
        return surface;
    }

    public String stream() {
        return stream;
    }

    public String job() {
        return job;
    }

    public boolean full() {
        return full;
    }

    public Optional<JsonNode> event() {
        return Optional.ofNullable(event);
    }

    public StreamKey key() {
        return new StreamKey(integration.tenant(), integration.name(), stream);
    }

    public Counts counts() {
        return counts;
    }

    /** What the sink has taken and not yet stored. */
    public Acknowledgements acknowledgements() {
        return acknowledgements;
    }

    public boolean cancelled() {
        return cancelled.getAsBoolean();
    }

    /** Records why the stream did not reach the vendor's own end; it is not complete from here on. */
    public synchronized void partial(RunError why) {
        partial = true;
        var here = why.stream() == null ? why.in(stream, why.page()) : why;
        if (!errors.contains(here)) {
            errors.add(here);
        }
    }

    /**
     * Records an error that cost an item, not the stream's completeness. One that was recorded already, by {@link #partial} for
     * instance, is not repeated; of 100 on only kinds that were not met before are kept, and the number of the others.
     */
    public synchronized void error(RunError error) {
        var here = error.stream() == null ? error.in(stream, error.page()) : error;
        if (errors.contains(here)) {
            return;
        }
        if (errors.size() < MOST_ERRORS
                || errors.stream().noneMatch(known -> known.code().equals(here.code()))) {
            errors.add(here);
        } else {
            more++;
        }
    }

    public synchronized boolean isPartial() {
        return partial;
    }

    /** What was recorded; where that is not all, the last one says how many more there were. */
    public synchronized List<RunError> errors() {
        var all = new ArrayList<>(errors);
        if (more > 0) {
            all.add(RunError.of(
                            "errors.more",
                            more + " more errors are not listed: GET /api/dead-letters has what failed",
                            false)
                    .in(stream, 0));
        }
        return List.copyOf(all);
    }

    /** Something to close when the stream ends, however it ends. */
    public synchronized <T extends AutoCloseable> T closing(T resource) {
        resources.push(resource);
        return resource;
    }

    /** Closes what the stream opened, the last first. */
    public synchronized void close() {
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                LOG.warnf("%s: a resource did not close: %s", key(), e.getMessage());
            }
        }
    }
}
