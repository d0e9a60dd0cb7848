package dev.outrider.file.source;

import dev.outrider.store.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;

/** An object of a bucket, read from a local copy. It is neither moved nor deleted. */
final class S3File implements SourceFile {
    private static final Logger LOG = Logger.getLogger(S3File.class);

    private final S3Source source;
    private final S3Found object;
    private final String unit;
    private Path copy;

    S3File(S3Source source, S3Found object, String unit) {
        this.source = source;
        this.object = object;
        this.unit = unit;
    }

    @Override
    public String name() {
        return object.name();
    }

    @Override
    public String where() {
        return object.key();
    }

    @Override
    public String place() {
        return object.key();
    }

    @Override
    public String unit() {
        return unit;
    }

    @Override
    public Path content() throws FileFault, FileGone {
        copy = source.fetch(object);
        return copy;
    }

    @Override
    public void verify() {
        // The copy was asked for by its etag and changes no more.
    }

    @Override
    public List<Seen> seen(boolean failed) {
        return List.of(new Seen(unit, object.modified(), unit));
    }

    @Override
    public void settle(boolean failed) {
        source.settled(unit); // what lies in a bucket is left there
    }

    @Override
    public void close() {
        if (copy == null) {
            return;
        }
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            LOG.warnf("the local copy of %s cannot be deleted: %s", name(), Causes.of(e));
        }
        copy = null;
    }
}
