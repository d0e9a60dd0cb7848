package dev.outrider.capability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.integration.Integration;
import dev.outrider.record.Checks;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * A loaded class: its descriptor, its settings schema and its routes.
 *
 * <p>Jobs hold {@link #use()} while they run, a reload waits for it, so no route is taken from under a job.
 */
public final class CapabilityClass {
    private static final String ACTION = "action/";

    private final String name;
    private final Capability descriptor;
    private final SettingsSchema schema;
    private final CapabilityRegistry registry;
    private final List<String> streams;
    private final Set<String> timeless;
    private final Map<String, String> identities;
    private final ReadWriteLock lock;

    CapabilityClass(
            String name,
            Capability descriptor,
            SettingsSchema schema,
            CapabilityRegistry registry,
            List<String> streams,
            Set<String> timeless,
            Map<String, String> identities,
            ReadWriteLock lock) {
        this.name = name;
        this.descriptor = descriptor;
        this.schema = schema;
        this.registry = registry;
        this.streams = streams;
        this.timeless = timeless;
        this.identities = identities;
        this.lock = lock == null ? new ReentrantReadWriteLock() : lock;
    }

    public String name() {
        return name;
    }

    public Capability descriptor() {
        return descriptor;
    }

    /** The streams by name, sorted. */
    public List<String> streams() {
        return streams;
    }

    /** Whether a stream is collected whole each time, because the vendor does not tell when its objects changed. */
    public boolean timeless(String stream) {
        return timeless.contains(stream);
    }

    /** By stream, the pointers to what tells its objects apart, for streams whose objects come with events too. */
    public Map<String, String> identities() {
        return identities;
    }

    /** The class's {@code settings.schema.json}. */
    public ObjectNode settingsSchema() {
        return schema.json();
    }

    /** What is wrong with an integration's settings and secrets: one sentence a field, empty when nothing is. */
    public List<String> check(Integration integration) {
        return Stream.concat(schema.check(integration).stream(), schema.unmapped(integration).stream())
                .toList();
    }

    /**
     * Whether deliveries to an integration can be taken. A mapping that has no file is no reason to refuse what its sender may not send
     * again: that becomes a dead letter.
     */
    public boolean receives(Integration integration) {
        return schema.check(integration).isEmpty();
    }

    /** The surface of an integration's records. */
    public String surface(Integration integration) {
        return integration.setting("surface", descriptor.getSurface());
    }

    ReadWriteLock lock() {
        return lock;
    }

    /** Keeps the routes as they are until closed. Close it in the thread that took it. */
    public AutoCloseable use() {
        var read = lock.readLock();
        read.lock();
        return read::unlock;
    }

    /** Collects one stream; whatever the route throws comes out as it is. */
    public void collect(StreamRun run) throws Exception {
        invoke("stream/" + run.stream(), run, null, null);
    }

    /** Tries the credentials and each permission. */
    public Checks validate(StreamRun run) throws Exception {
        var checks = new Checks();
        invoke("validate", run, checks, null);
        return checks;
    }

    /** Whether an external id still belongs to the account; an outage is an exception, never "no". */
    public boolean affiliated(StreamRun run, String externalId) throws Exception {
        var answer = invoke("affiliation", run, null, externalId);
        if (answer instanceof Boolean affiliated) {
            return affiliated;
        }
        throw new IllegalStateException(
                "the affiliation route of " + name + " answered neither true nor false but " + answer);
    }

    /** Runs the webhook route over what a delivery holds. */
    public void deliver(StreamRun run, Object pages) throws Exception {
        invoke("webhook", run, null, pages);
    }

    /** Whether the vendor can be asked for failed deliveries. */
    public boolean redelivers() {
        return registry.consumers(name).containsKey("redelivery");
    }

    /** Asks the vendor for the deliveries that failed; how many. */
    public long redeliver(StreamRun run) throws Exception {
        if (invoke("redelivery", run, null, null) instanceof Long asked) {
            return asked;
        }
        throw new IllegalStateException("the redelivery route of " + name + " does not end with vendor:redeliver");
    }

    /** What the class can be asked to do besides collecting, by name, sorted. */
    public List<String> actions() {
        return registry.consumers(name).keySet().stream()
                .filter(action -> action.startsWith(ACTION))
                .map(action -> action.substring(ACTION.length()))
                .sorted()
                .toList();
    }

    /** Does an action; whatever the route throws comes out as it is. */
    public JsonNode act(StreamRun run, String action, JsonNode request) throws Exception {
        if (invoke(ACTION + action, run, null, request) instanceof JsonNode answer) {
            return answer;
        }
        throw new IllegalStateException("the route of the action " + name + "/" + action + " answered no JSON");
    }

    /** What a route took is known to be stored, or not, before what it opened is closed. */
    private static void end(StreamRun run) {
        try {
            run.acknowledgements().settle();
        } catch (RunException e) {
            run.partial(e.error());
        } finally {
            run.close();
        }
    }

    private Object invoke(String action, StreamRun run, Checks checks, Object body) throws Exception {
        var consumer = registry.consumers(name).get(action);
        if (consumer == null) {
            throw new IllegalStateException("class " + name + " has no " + action);
        }
        var exchange = consumer.createExchange(false);
        try {
            exchange.setProperty(StreamRun.PROPERTY, run);
            exchange.setProperty(Checks.PROPERTY, checks);
            exchange.getMessage().setBody(body);
            consumer.run(exchange);
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            run.acknowledgements().settle();
            return exchange.getMessage().getBody();
        } finally {
            end(run);
            consumer.releaseExchange(exchange, false);
        }
    }
}
