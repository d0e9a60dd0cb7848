package dev.outrider.file;

import dev.outrider.file.source.FileSource;
import dev.outrider.file.source.FolderSource;
import dev.outrider.file.source.S3Source;
import dev.outrider.file.source.SourceSettings;
import dev.outrider.integration.Secrets;
import dev.outrider.record.StreamRun;
import dev.outrider.store.Store;
import dev.outrider.vendor.EgressGuard;

/** Opens the source that an integration's settings name. */
final class Sources {
    private final Store store;
    private final Secrets secrets;
    private final boolean allowPrivate;

    Sources(Store store, Secrets secrets, boolean allowPrivate) {
        this.store = store;
        this.secrets = secrets;
        this.allowPrivate = allowPrivate;
    }

    /** @throws dev.outrider.record.RunException where the settings are wrong or the source cannot be used */
    FileSource open(StreamRun run) {
        var settings = SourceSettings.of(run.integration(), store.folder());
        return settings.bucket() == null
                ? new FolderSource(run, settings, store.state())
                : S3Source.open(run, settings, store, secrets, new EgressGuard(allowPrivate));
    }
}
