package dev.outrider.file;

import dev.outrider.integration.Integration;
import dev.outrider.integration.Secrets;
import dev.outrider.record.StreamRun;
import dev.outrider.store.Store;
import dev.outrider.store.StreamKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Lets a file that was collected, or could not be, be collected once more. */
@ApplicationScoped
public class FileReplay {
    private final Store store;
    private final Sources sources;

    @Inject
    public FileReplay(
            Store store,
            Secrets secrets,
            @ConfigProperty(name = "outrider.allow-private", defaultValue = "false") boolean allowPrivate) {
        this.store = store;
        this.sources = new Sources(store, secrets, allowPrivate);
    }

    /** @throws dev.outrider.record.RunException where the source cannot be used */
    public void again(Integration integration, StreamKey key, String unit) throws IOException {
        var run = new StreamRun(integration, "", key.stream(), "", false, () -> false);
        try (var source = sources.open(run)) {
            source.putBack(unit);
        }
        store.state().forgetUnit(key, unit);
    }
}
