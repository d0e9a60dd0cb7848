package dev.outrider.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.integration.Integration;
import dev.outrider.integration.Secrets;
import dev.outrider.record.Checks;
import dev.outrider.record.Page;
import dev.outrider.record.RunError;
import dev.outrider.record.StreamRun;
import dev.outrider.store.PageCommit;
import dev.outrider.store.StateStore;
import dev.outrider.store.Store;
import dev.outrider.store.StreamKey;
import dev.outrider.store.TestStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** The component in a Camel context of its own, with a real store, and a step that stores pages as the record engine would. */
public final class FilesRig implements AutoCloseable {
    public static final StreamKey KEY = new StreamKey("acme", "scans", "files");

    /** What one run came to. */
    public record Result(List<Page> pages, List<RunError> errors, boolean partial, Exception failure) {
        public List<String> hosts() {
            return pages.stream()
                    .flatMap(page -> page.items().stream())
                    .map(item -> item.at("/host/name").asText())
                    .toList();
        }

        public List<String> codes() {
            return errors.stream().map(RunError::code).toList();
        }

        public List<String> names() {
            return pages.stream().map(page -> page.unit().name()).distinct().toList();
        }
    }

    public final Path data;
    public final ObjectNode settings = JsonNodeFactory.instance.objectNode();
    public final Map<String, String> secrets = new HashMap<>();
    public final LineScans scans = new LineScans();

    /** Called before a page is stored and after; what either throws is a crash there. */
    public Consumer<Page> beforeStore = page -> {};

    public Consumer<Page> afterStore = page -> {};
    public volatile boolean cancelled;
    public boolean full;

    /** Every item that was ever stored, in order. */
    public final List<String> stored = new ArrayList<>();

    private final Store store;
    private final CamelContext camel = new DefaultCamelContext();
    private List<Page> pages;

    public FilesRig(Path data) {
        this(data, true);
    }

    public FilesRig(Path data, boolean allowPrivate) {
        this.data = data;
        store = TestStore.in(data);
        camel.getPropertiesComponent().addOverrideProperty("outrider.allow-private", String.valueOf(allowPrivate));
        camel.getRegistry().bind("store", store);
        camel.getRegistry().bind("secrets", new Secrets(camel));
        camel.getRegistry().bind("scans", scans);
        settings.put("quietSecs", 0);
        start();
    }

    private void start() {
        try {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:files")
                            .to("files:pages?pageItems=2")
                            .split(body())
                            .streaming()
                            .stopOnException()
                            .process(exchange -> store(exchange.getMessage().getBody(Page.class)));
                    from("direct:check").to("files:check");
                    from("direct:find").to("files:find");
                }
            });
            camel.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void store(Page page) {
        beforeStore.accept(page);
        var key = page.run().key();
        state().commit(
                        List.of(new PageCommit(
                                key,
                                page.unit().id(),
                                page.number(),
                                page.cursor(),
                                page.seen(),
                                page.marks(),
                                page.last(),
                                new byte[16],
                                List.of())),
                        connection -> {});
        page.faults().forEach(page.run()::error);
        pages.add(page);
        for (var item : page.items()) {
            stored.add(page.unit().id() + " " + item.at("/host/name").asText());
        }
        afterStore.accept(page);
    }

    public StateStore state() {
        return store.state();
    }

    public List<String> seen() {
        var all = new ArrayList<String>();
        state().eachSeen(KEY, seen -> all.add(seen.identity()));
        return all;
    }

    public JsonNode cursor() {
        return state().cursor(KEY).orElse(null);
    }

    public Result run() {
        pages = new ArrayList<>();
        var run = newRun();
        var done = camel.createProducerTemplate()
                .send("direct:files", exchange -> exchange.setProperty(StreamRun.PROPERTY, run));
        run.close();
        return new Result(pages, run.errors(), run.isPartial(), done.getException());
    }

    public List<Checks.Check> check() {
        return camel.createProducerTemplate()
                .send("direct:check", exchange -> exchange.setProperty(StreamRun.PROPERTY, newRun()))
                .getProperty(Checks.PROPERTY, Checks.class)
                .all();
    }

    public boolean find(String host) throws Exception {
        var done = camel.createProducerTemplate().send("direct:find", exchange -> {
            exchange.setProperty(StreamRun.PROPERTY, newRun());
            exchange.getMessage().setBody(host);
        });
        if (done.getException() != null) {
            throw done.getException();
        }
        return done.getMessage().getBody(Boolean.class);
    }

    public StreamRun newRun() {
        var integration = new Integration("scans", "nessus", "acme", Integration.MANUAL, settings, secrets, "test");
        return new StreamRun(integration, "internal", "files", "job", full, () -> cancelled);
    }

    /** A file in the inbox, a host a line. */
    public Path drop(String name, String... lines) {
        return write(data.resolve("inbox").resolve(name), lines);
    }

    public static Path write(Path file, String... lines) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        camel.stop();
    }
}
