package dev.outrider.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.outrider.capability.CapabilityRegistry;
import dev.outrider.file.FileReplay;
import dev.outrider.integration.Integration;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.record.IdSet;
import dev.outrider.record.Page;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.record.Unit;
import dev.outrider.store.DeadLetter;
import dev.outrider.store.Deliveries;
import dev.outrider.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;

/** Tries a dead letter again, through the routes and mappings as they are now. */
@ApplicationScoped
public class Replay {
    private final CamelContext camel;
    private final IntegrationRegistry integrations;
    private final CapabilityRegistry classes;
    private final FileReplay files;
    private final Store store;
    /** The letters that are being tried, by id. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    @Inject
    public Replay(
            CamelContext camel,
            IntegrationRegistry integrations,
            CapabilityRegistry classes,
            FileReplay files,
            Store store) {
        this.camel = camel;
        this.integrations = integrations;
        this.classes = classes;
        this.files = files;
        this.store = store;
    }

    /**
     * @param replayed whether the letter is gone
     * @param elsewhere whether it was not tried, for somebody else is just sending it, or has sent or deleted it
     * @param records how many records it became; a file's come with the next job
     * @param detail what happened, in words
     */
    public record Outcome(boolean replayed, @JsonIgnore boolean elsewhere, long records, String detail) {
        private static Outcome replayed(long records, String detail) {
            return new Outcome(true, false, records, detail);
        }

        private static Outcome failed(String detail) {
            return new Outcome(false, false, 0, detail);
        }

        private static Outcome elsewhere(String detail) {
            return new Outcome(false, true, 0, detail);
        }
    }

    public Outcome again(DeadLetter letter) {
        if (!underWay.add(letter.id())) {
            return Outcome.elsewhere("it is being replayed already");
        }
        try {
            var mine = store.deadLetters().claim(letter.id());
            if (mine.isEmpty()) {
                return Outcome.elsewhere(
                        "another replica is replaying it, or somebody has replayed or deleted it meanwhile");
            }
            try {
                return once(mine.get());
            } finally {
                store.deadLetters().release(letter.id());
            }
        } finally {
            underWay.remove(letter.id());
        }
    }

    private Outcome once(DeadLetter letter) {
        var integration = integrations.find(letter.key().integration());
        if (integration.isEmpty()
                || !integration.get().tenant().equals(letter.key().tenant())) {
            return Outcome.failed("integration " + letter.key().integration() + " is not configured any more");
        }
        if (letter.mapping() == null && letter.unit().startsWith("delivery:")) {
            return delivery(letter);
        }
        if (letter.mapping() == null) {
            return file(letter, integration.get());
        }
        return letter.unit().startsWith("delivery:")
                ? itemOfDelivery(letter, integration.get())
                : item(letter, integration.get());
    }

    private Outcome delivery(DeadLetter letter) {
        // A letter of a page: the page's other items are in the sink already, and the bytes stay as unreadable as they
        // are.
        if (letter.page() > 0) {
            return Outcome.failed("a part of the delivery cannot be read: the sender must send it anew");
        }
        if (!store.deliveries().again(letter.key(), letter.unit(), letter.id())) {
            return Outcome.failed("the original of " + letter.unitName() + " was purged");
        }
        return Outcome.replayed(0, letter.unitName() + " is processed again in a moment");
    }

    private Outcome file(DeadLetter letter, Integration integration) {
        try {
            files.again(integration, letter.key(), letter.unit());
        } catch (IOException | RunException e) {
            return Outcome.failed(letter.unitName() + " cannot be put back: " + e.getMessage());
        }
        store.deadLetters().remove(letter.id());
        return Outcome.replayed(0, letter.unitName() + " is collected again by the next job");
    }

    /** Its sender may send it again at any time: then one of the two makes the records. */
    private Outcome itemOfDelivery(DeadLetter letter, Integration integration) {
        var claim = store.deliveries().claim(letter.key(), letter.unit());
        if (claim == Deliveries.Claim.WAITS) {
            return Outcome.elsewhere("its sender has sent it again: it is processed in a moment");
        }
        Outcome outcome = null;
        try {
            outcome = item(letter, integration);
            return outcome;
        } finally {
            if (claim == Deliveries.Claim.MADE && (outcome == null || !outcome.replayed())) {
                store.state().forget(letter.key(), letter.unit());
            }
        }
    }

    private Outcome item(DeadLetter letter, Integration integration) {
        var capability = classes.find(integration.capability());
        if (capability.isEmpty()) {
            return Outcome.failed("class " + integration.capability() + " is not loaded");
        }
        var run = new StreamRun(
                integration,
                capability.get().surface(integration),
                letter.key().stream(),
                letter.job(),
                false,
                () -> false);
        // Page 0: outside the unit's own pages, so that a unit still under way keeps what it remembers.
        var page = new Page(
                run,
                new Unit(letter.unit(), letter.unitName(), new IdSet()),
                0,
                List.of(letter.item()),
                List.of(),
                null,
                List.of(),
                false);
        try (var producer = camel.createProducerTemplate()) {
            producer.sendBodyAndProperty("direct:records", page, "mapping", letter.mapping());
            run.acknowledgements().settle();
        } catch (CamelExecutionException e) {
            return Outcome.failed("failed again: " + (e.getCause() == null ? e : e.getCause()).getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (run.counts().failed() > 0) {
            return Outcome.failed("failed again: " + run.errors().get(0).message());
        }
        store.deadLetters().remove(letter.id());
        return Outcome.replayed(
                run.counts().records(), "went out as " + run.counts().records() + " records");
    }
}
