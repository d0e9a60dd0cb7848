package dev.outrider.file.source;

import dev.outrider.integration.Secrets;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.store.StateStore;
import dev.outrider.store.Store;
import dev.outrider.vendor.EgressGuard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.EncodingType;

/**
 * Scanner files in a bucket, found by listing. A time of last change has whole seconds and, of an upload in parts, is that of its start,
 * so it is no mark to go on from: everything that is not older than the newest known less the look-back is looked at, and what was
 * collected of it is remembered. With a queue the first run and every full one list; the others read what the queue tells of.
 */
public final class S3Source implements FileSource {
    private static final int MOST = 10_000;

    private final StreamRun run;
    private final SourceSettings settings;
    private final StateStore state;
    private final S3Access access;
    private final Spool spool;
    private final S3Queue queue;
    private final String watermark;
    private final Handed handed = new Handed();
    private Instant newest;
    private Instant oldestFault;
    private int outages;

    private S3Source(StreamRun run, SourceSettings settings, Store store, S3Access access, EgressGuard guard) {
        this.run = run;
        this.settings = settings;
        this.state = store.state();
        this.access = access;
        this.spool = new Spool(store.folder());
        this.queue =
                settings.queueUrl() == null ? null : new S3Queue(run, settings, state, access.credentials(), guard);
        this.watermark = state.cursor(run.key())
                .map(cursor -> cursor.path("watermark").asText(null))
                .orElse(null);
        this.newest = watermark == null ? null : Instant.parse(watermark);
    }

    /** @throws RunException where settings or secrets are wrong, or copies cannot be kept in the data folder */
    public static S3Source open(
            StreamRun run, SourceSettings settings, Store store, Secrets secrets, EgressGuard guard) {
        var access = S3Access.open(run, settings, secrets, guard);
        var source = new S3Source(run, settings, store, access, guard);
        try {
            source.spool.open();
            return source;
        } catch (IOException e) {
            source.close();
            throw Folder.unusable(store.folder().resolve("spool"), "cannot be written (" + Causes.of(e) + ")", e);
        }
    }

    @Override
    public String watermark() {
        return watermark;
    }

    @Override
    public Iterator<SourceFile> due() {
        if (queue == null || run.event().isPresent()) {
            return listed().iterator();
        }
        var told = StreamSupport.stream(Spliterators.spliteratorUnknownSize(queue, Spliterator.ORDERED), false)
                .flatMap(message -> told(message).stream());
        return (lists() ? Stream.concat(listed(), told) : told).iterator();
    }

    /** Whether a run with a queue lists the bucket first: what lay there before the queue was told of anything. */
    private boolean lists() {
        return watermark == null || run.full();
    }

    private Stream<SourceFile> listed() {
        var cut = watermark == null || run.full()
                ? Instant.MIN
                : Instant.parse(watermark).minus(settings.lookBack());
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(listing(), Spliterator.ORDERED), false)
                .peek(this::note)
                .filter(object -> !object.modified().isBefore(cut))
                .map(this::fresh)
                .flatMap(Optional::stream);
    }

    /** What a message names and no run has collected. The message stays until all that it names is durable. */
    private List<SourceFile> told(S3Message message) {
        var units = new HashSet<String>();
        var files = new ArrayList<SourceFile>();
        try {
            for (var key : S3Events.keys(message.body(), settings.bucket())) {
                current(key).ifPresent(object -> {
                    note(object);
                    units.add(object.unit());
                    if (state.seen(run.key(), object.unit()).isEmpty() && handed.add(object.unit())) {
                        files.add(new S3File(this, object, object.unit()));
                    }
                });
            }
        } catch (IllegalArgumentException e) {
            return List.of(new DeadMessage(settings.queueUrl(), message, e.getMessage()));
        }
        queue.hold(message, units);
        return files;
    }

    /** The object that a key now stands for; none where it is gone, empty or outside the prefix. */
    private Optional<S3Found> current(String key) {
        if (key.endsWith("/") || !key.startsWith(settings.prefix())) {
            return Optional.empty();
        }
        try {
            return access
                    .client()
                    .listObjectsV2(request -> request.bucket(settings.bucket())
                            .prefix(key)
                            .encodingType(EncodingType.URL)
                            .maxKeys(1))
                    .contents()
                    .stream()
                    .filter(object -> object.key().equals(key) && object.size() > 0)
                    .map(object -> S3Found.of(settings.bucket(), object))
                    .findFirst();
        } catch (SdkException e) {
            throw new RunException(S3Errors.of(e, S3Listing.doing(settings)), e);
        }
    }

    /** The last page of a unit is durable. */
    void settled(String unit) {
        if (queue != null) {
            queue.settle(unit);
        }
    }

    private S3Listing listing() {
        return new S3Listing(access.client(), settings, run::cancelled);
    }

    private void note(S3Found object) {
        if (newest == null || object.modified().isAfter(newest)) {
            newest = object.modified();
        }
    }

    private Optional<SourceFile> fresh(S3Found object) {
        var unit = object.unit();
        if (state.seen(run.key(), unit).isPresent()) {
            if (!run.full()) {
                return Optional.empty();
            }
            state.forget(run.key(), unit);
        }
        return handed.add(unit) ? Optional.of(new S3File(this, object, unit)) : Optional.empty();
    }

    @Override
    public Optional<SourceFile> begun(String where, String unit) {
        return current(where)
                .filter(object -> object.unit().equals(unit) && handed.add(unit))
                .map(object -> new S3File(this, object, unit));
    }

    @Override
    public Iterator<SourceFile> newest() {
        var sorted = new Sorted<S3Found>(visitor -> listing().forEachRemaining(visitor), S3Found.NEWEST_FIRST, MOST);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(sorted, Spliterator.ORDERED), false)
                .map(object -> (SourceFile) new S3File(this, object, object.unit()))
                .iterator();
    }

    @Override
    public String check() {
        try {
            var found = access.client().listObjectsV2(request -> request.bucket(settings.bucket())
                    .prefix(settings.prefix())
                    // As the listing does: a key may hold what XML cannot.
                    .encodingType(EncodingType.URL)
                    .maxKeys(1));
            return S3Listing.doing(settings) + " works"
                    + (found.contents().isEmpty() ? "; nothing lies there yet" : "")
                    + (queue == null ? "" : "; " + queue.check());
        } catch (SdkException e) {
            throw new RunException(S3Errors.of(e, S3Listing.doing(settings)), e);
        }
    }

    /** Brings an object here, within the limits of size and disk. */
    Path fetch(S3Found object) throws FileFault, FileGone {
        if (object.size() > settings.maxFileBytes()) {
            throw FileFault.lasting(
                    "file.too_big",
                    object.name() + " has " + object.size() + " bytes, more than the " + settings.maxFileBytes()
                            + " of the setting 'maxFileBytes': split the scan, or raise the setting and upload it again");
        }
        Path copy = null;
        try {
            if (!spool.fits(object.size())) {
                throw passing(
                        object,
                        RunError.of(
                                "file.no_space",
                                object.name() + " has " + object.size()
                                        + " bytes, for which the disk of the data folder has no room:"
                                        + " make room; the next run tries again",
                                true));
            }
            copy = spool.newFile();
            new S3Fetch(access.client(), run::cancelled).fetch(object, copy);
            outages = 0;
            var fetched = copy;
            copy = null;
            return fetched;
        } catch (SdkException e) {
            Cancelled.check(run::cancelled);
            throw refused(object, e);
        } catch (FileFault e) {
            throw passing(object, e.error());
        } catch (IOException e) {
            throw passing(
                    object,
                    RunError.of(
                            "file.no_space",
                            object.name() + " cannot be kept in the data folder (" + Causes.of(e) + ")",
                            true));
        } finally {
            discard(copy);
        }
    }

    private FileFault refused(S3Found object, SdkException e) throws FileGone {
        if (e instanceof AwsServiceException answered && S3Errors.code(answered).equals("InvalidObjectState")) {
            return FileFault.lasting(
                    "file.archived",
                    object.name()
                            + " is archived and cannot be read: restore it and copy it onto itself, or run a full job");
        }
        var error = S3Errors.of(e, "reading " + object.name());
        if (S3Fetch.gone(error)) {
            settled(object.unit()); // a new one under the key has its own event
            throw new FileGone(
                    object.name() + " was replaced or deleted since it was listed; the next run looks again");
        }
        boolean again = S3Errors.outage(error) && ++outages > 1;
        if (S3Errors.ofAll(error) || again) {
            throw new RunException(error, e);
        }
        return error.code().equals("vendor.refused") ? FileFault.lasting(error) : passing(object, error);
    }

    /** Keeps the watermark from leaving the object behind: it is looked at again until it can be read or is gone. */
    private FileFault passing(S3Found object, RunError error) {
        if (oldestFault == null || object.modified().isBefore(oldestFault)) {
            oldestFault = object.modified();
        }
        return FileFault.passing(error);
    }

    private static void discard(Path copy) {
        if (copy != null && !copy.toFile().delete()) {
            copy.toFile().deleteOnExit();
        }
    }

    @Override
    public String finished() {
        if (newest == null || queue != null && watermark == null && oldestFault != null) {
            return null; // with a queue: the next run lists once more, since no message tells of what could not be read
        }
        var mark = newest;
        if (oldestFault != null && oldestFault.plus(settings.lookBack()).isBefore(mark)) {
            mark = oldestFault.plus(settings.lookBack());
        }
        var remembered = queue != null && settings.lookBack().compareTo(S3Queue.LONGEST) < 0
                ? S3Queue.LONGEST
                : settings.lookBack();
        state.pruneSeen(run.key(), mark.minus(remembered));
        return mark.toString();
    }

    @Override
    public void close() {
        if (queue != null) {
            queue.close();
        }
        access.close();
    }
}
