package dev.outrider.capability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.integration.Integration;
import dev.outrider.integration.Secrets;
import dev.outrider.record.Checks;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.record.identity.EnvelopeRecords;
import dev.outrider.record.identity.IdentifyRecords;
import dev.outrider.record.mapping.MapRecords;
import dev.outrider.record.mapping.MappingRegistry;
import dev.outrider.record.normal.NormaliseRecords;
import dev.outrider.record.schema.CheckRecords;
import dev.outrider.record.scope.FilterRecords;
import dev.outrider.store.Store;
import dev.outrider.store.TestStore;
import dev.outrider.vendor.aws.AwsComponent;
import dev.outrider.vendor.component.PagesComponent;
import dev.outrider.vendor.component.VendorComponent;
import dev.outrider.vendor.export.ExportComponent;
import dev.outrider.vendor.http.VendorClients;
import dev.outrider.vendor.quota.Quotas;
import dev.outrider.webhook.WebhookSteps;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.impl.DefaultCamelContext;

/** One vendor's shipped routes with all that is behind them, from its HTTP calls to the file sink, without the application around. */
public final class VendorRig implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROUTES = Path.of("routes");

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final CapabilityRegistry registry = new CapabilityRegistry();
    private final Quotas quotas = new Quotas();
    private final Store store;
    private final CapabilityClass capability;
    private final MortalSink sink;
    /** Where each integration's records begin in the sink's file: all that comes before was there already. */
    private final Map<String, Long> begins = new HashMap<>();

    private Integration integration;

    /** @param change what the test changes in the class's descriptor before anything is called */
    public VendorRig(Path folder, String name, String url, Map<String, String> secrets, Change change) {
        try {
            store = TestStore.in(folder);
            sink = new MortalSink(store);
            var clients = new VendorClients(camel, new Secrets(camel), quotas, true);
            var mappings = new MappingRegistry(ROUTES.toString());
            camel.addComponent("capability", new CapabilityComponent(registry));
            camel.addComponent("pages", new PagesComponent(clients, store));
            camel.addComponent("vendor", new VendorComponent(clients, mappings, store));
            camel.addComponent("export", new ExportComponent(clients, store));
            camel.addComponent("aws-api", new AwsComponent(new Secrets(camel), store, true));
            bind("mapRecords", new MapRecords(mappings));
            bind("normaliseRecords", new NormaliseRecords());
            bind("checkRecords", new CheckRecords());
            bind("filterRecords", new FilterRecords());
            bind("identifyRecords", new IdentifyRecords());
            bind("envelopeRecords", new EnvelopeRecords());
            bind("fileSinkStep", sink);
            // Deliveries are no part of a rig: their route only has to load with the other common ones.
            bind("webhookSteps", new WebhookSteps(store, null));
            camel.getPropertiesComponent().addInitialProperty("outrider.sink", "file");
            camel.start();
            var loader = new RouteLoader(camel, registry);
            loader.load(RouteFolder.read(ROUTES, RouteFolder.COMMON, null));
            loader.load(RouteFolder.read(ROUTES, name, null));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        capability = registry.find(name)
                .orElseThrow(() -> new IllegalStateException(registry.problems().toString()));
        change.to(capability.descriptor());
        var settings = JSON.createObjectNode().put("url", url);
        integration = new Integration(
                name + "-test", name, "acme", Integration.MANUAL, settings, Map.copyOf(secrets), "test");
    }

    /** With the class as it is shipped, but that it waits for nothing before it tries again. */
    public VendorRig(Path folder, String name, String url, Map<String, String> secrets) {
        this(folder, name, url, secrets, descriptor -> descriptor
                .getHttp()
                .getRetry()
                .setBackoffSecs(0));
    }

    /** Changes a class's descriptor. */
    @FunctionalInterface
    public interface Change {
        void to(Capability descriptor);
    }

    private void bind(String name, Object bean) {
        camel.getRegistry().bind(name, bean);
    }

    /** Goes on as another integration of the same class, with no state of its own yet. */
    public VendorRig as(String name) {
        begins.computeIfAbsent(name, n -> file().toFile().length());
        integration = new Integration(
                name,
                integration.capability(),
                integration.tenant(),
                integration.schedule(),
                integration.settings(),
                integration.secrets(),
                integration.origin());
        return this;
    }

    /** Goes on as another integration of the same class, with these settings. */
    public VendorRig as(String name, Map<String, ?> settings) {
        as(name);
        integration = new Integration(
                name,
                integration.capability(),
                integration.tenant(),
                integration.schedule(),
                JSON.valueToTree(settings),
                integration.secrets(),
                integration.origin());
        return this;
    }

    /** Goes on as another integration of the same class, with these settings and secrets. */
    public VendorRig as(String name, JsonNode settings, Map<String, String> secrets) {
        as(name);
        integration = new Integration(
                name,
                integration.capability(),
                integration.tenant(),
                integration.schedule(),
                (com.fasterxml.jackson.databind.node.ObjectNode) settings,
                Map.copyOf(secrets),
                integration.origin());
        return this;
    }

    /** Sets how far a stream is. */
    public void cursor(String stream, JsonNode cursor) {
        store.state().cursor(run(stream, false, () -> false).key(), cursor);
    }

    /** Goes on with more settings, besides the url. */
    public VendorRig with(Map<String, ?> settings) {
        var all = new HashMap<String, Object>(settings);
        all.put("url", integration.setting("url", ""));
        return as(integration.name(), all);
    }

    public List<String> streams() {
        return capability.streams();
    }

    public CapabilityClass capability() {
        return capability;
    }

    public Integration integration() {
        return integration;
    }

    public Quotas quotas() {
        return quotas;
    }

    /** Runs a stream as a job would: what it throws becomes its error. */
    public StreamRun collect(String stream) {
        return collect(stream, false, () -> false);
    }

    public StreamRun collect(String stream, boolean full, BooleanSupplier cancelled) {
        var run = run(stream, full, cancelled);
        try {
            capability.collect(run);
        } catch (RunException e) {
            run.partial(e.error());
        } catch (Exception e) {
            run.partial(RunError.of("stream.failed", e.toString(), true));
        }
        return run;
    }

    /** Runs a stream that must come to its end with every item accounted for and none failed. */
    public StreamRun complete(String stream) {
        var run = collect(stream);
        assertThat(run.errors()).isEmpty();
        assertThat(run.isPartial()).isFalse();
        assertThat(run.counts().failed()).isZero();
        assertThat(run.counts().received())
                .isEqualTo(run.counts().emitted() + run.counts().dropped());
        return run;
    }

    /** The integration's records of a kind, without their envelopes. */
    public List<JsonNode> data(String kind) {
        return records().stream()
                .map(line -> line.path("data"))
                .filter(data -> data.path("kind").asText().equals(kind))
                .toList();
    }

    public Checks validate() throws Exception {
        return capability.validate(run("validate", false, () -> false));
    }

    /** Does an action; the answer is JSON. */
    public JsonNode act(String action, String request) throws Exception {
        return capability.act(run(action, false, () -> false), action, JSON.readTree(request));
    }

    public boolean affiliated(String externalId) throws Exception {
        return capability.affiliated(run("affiliation", false, () -> false), externalId);
    }

    private StreamRun run(String stream, boolean full, BooleanSupplier cancelled) {
        return new StreamRun(integration, capability.surface(integration), stream, "job", full, cancelled);
    }

    /** Lets a page's lines reach the file and then ends the sink before the page's cursor is stored, as a kill would. */
    public void killAtPage(int page) {
        sink.killAtPage(page);
    }

    /** The lines of the file sink that are this integration's. */
    public List<JsonNode> records() {
        var mine = "/" + integration.name() + "\"";
        if (!Files.exists(file())) {
            return List.of();
        }
        try (var channel = Files.newByteChannel(file())) {
            channel.position(begins.getOrDefault(integration.name(), 0L));
            try (var lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
                return lines.lines()
                        .filter(line -> line.contains(mine))
                        .map(VendorRig::parse)
                        .toList();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path file() {
        return store.folder().resolve("records.ndjson");
    }

    /** How far a stream is; a missing node where it is nowhere. */
    public JsonNode cursor(String stream) {
        return store.state()
                .cursor(run(stream, false, () -> false).key())
                .orElse(com.fasterxml.jackson.databind.node.MissingNode.getInstance());
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            sink.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        camel.stop();
    }
}
