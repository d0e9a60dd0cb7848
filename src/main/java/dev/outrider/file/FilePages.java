package dev.outrider.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.file.format.ScanException;
import dev.outrider.file.format.ScanReader;
import dev.outrider.file.source.FileFault;
import dev.outrider.file.source.FileGone;
import dev.outrider.file.source.SourceFile;
import dev.outrider.record.IdSet;
import dev.outrider.record.Page;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.record.Unit;
import dev.outrider.store.Seen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Cuts one file into pages. The last page says so, carries what could not be read, and marks the file as collected. */
final class FilePages implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FilePages.class);

    /** What a page may hold of text, in characters; an item that is larger alone is a page alone. */
    static final long MOST_TEXT = 4L << 20;

    private static final int MOST_FAULTS = 100;

    private final StreamRun run;
    private final SourceFile file;
    private final int pageItems;
    private final Unit unit;
    private Progress progress;
    private ScanReader reader;
    private JsonNode ahead;
    private boolean taken;
    private boolean ended;
    private boolean lasting = true;
    private boolean loss = true;
    private List<JsonNode> items = new ArrayList<>();
    private List<RunError> faults = new ArrayList<>();

    /**
     * Opens the file and goes to where it was left.
     *
     * @throws FileGone where it is not there any more, so there is no page either
     */
    FilePages(StreamRun run, SourceFile file, ScanOpener opener, int pageItems, Progress from, IdSet emitted)
            throws FileGone {
        this.run = run;
        this.file = file;
        this.pageItems = pageItems;
        this.progress = from;
        this.unit = new Unit(file.unit(), file.name(), emitted);
        open(opener);
    }

    private void open(ScanOpener opener) throws FileGone {
        try {
            var content = file.content();
            taken = true;
            open(opener, content);
        } catch (FileFault e) {
            if (progress.items() > 0 && e.error().retryable()) {
                // Giving up a file begun would emit its first pages once more later: rather the whole stream waits.
                throw new RunException(e.error(), e);
            }
            end(e);
        }
    }

    private void open(ScanOpener opener, Path content) {
        try {
            reader = opener.open(content, file.name(), run.integration().settings());
            pass();
            if (ahead == null) {
                ahead = read();
            }
        } catch (ScanException e) {
            end(e);
        } catch (IOException e) {
            end(FileFault.passing("file.unreadable", file.name() + " cannot be read: " + e.getMessage(), true));
        } catch (RuntimeException e) {
            end(e);
        }
    }

    /** Passes over what earlier runs made durable; the faults among it were reported then. */
    private void pass() throws ScanException {
        long left = progress.items();
        long faultsLeft = progress.faults();
        if (faultsLeft == 0) {
            reader.skip(left);
            return;
        }
        while (left > 0 || faultsLeft > 0) {
            try {
                var item = reader.next();
                if (item == null || left == 0) {
                    ahead = item;
                    return;
                }
                left--;
            } catch (ScanException e) {
                if (!e.recoverable() || --faultsLeft < 0) {
                    throw e;
                }
            }
        }
    }

    boolean hasNext() {
        return !ended;
    }

    Delivery next() {
        long text = 0;
        while (ahead != null && items.size() < pageItems && faults.size() < MOST_FAULTS) {
            text += TextSize.of(ahead);
            if (text > MOST_TEXT && !items.isEmpty()) {
                break;
            }
            items.add(ahead);
            ahead = read();
        }
        boolean last = ahead == null;
        if (last) {
            verify();
        }
        return page(last);
    }

    private Delivery page(boolean last) {
        progress = progress.plus(items.size(), faults.size());
        boolean failed = progress.faults() > 0;
        var seen = last && lasting ? file.seen(failed) : List.<Seen>of();
        var page = new Page(
                run, unit, progress.pages(), items, faults, (last ? progress.done() : progress).json(), seen, last);
        ended = last;
        items = new ArrayList<>();
        faults = new ArrayList<>();
        return new Delivery(page, file, failed, loss);
    }

    /** The next item, null at the end; what cannot be read on the way becomes a fault of the page being made. */
    private JsonNode read() {
        while (true) {
            try {
                return reader.next();
            } catch (ScanException e) {
                if (!e.recoverable()) {
                    end(e);
                    return null;
                }
                fault(RunError.of(e.code(), e.getMessage(), false));
            } catch (RuntimeException e) {
                end(e);
                return null;
            }
        }
    }

    /** What was read of a file that was changed meanwhile says nothing about the file that now is. */
    private void verify() {
        try {
            if (taken && lasting) {
                file.verify();
            }
        } catch (FileFault e) {
            faults.clear();
            end(e);
        }
        if (reader != null && !reader.repairs().isEmpty()) {
            LOG.infof("%s: repaired while reading: %s", file.name(), reader.repairs());
            if (reader.repairs().containsKey(ScanReader.TEXT_CUT)) {
                run.error(RunError.of(
                        "file.text_cut",
                        file.name() + ": " + reader.repairs().get(ScanReader.TEXT_CUT)
                                + " texts were longer than a record may hold; their beginnings were emitted, the rest was left out",
                        false));
            }
        }
    }

    private void end(FileFault e) {
        lasting = e.lasting();
        loss = e.loss();
        fault(e.error());
    }

    private void end(ScanException e) {
        fault(RunError.of(e.code(), e.getMessage(), false));
    }

    /** A reader's own mistake must cost one file, not every file behind it. */
    private void end(RuntimeException e) {
        LOG.errorf(e, "%s: the reader failed", file.name());
        fault(RunError.of("file.failed", file.name() + " cannot be read: the reader failed with " + e, false));
    }

    private void fault(RunError error) {
        faults.add(error.in(run.stream(), progress.pages() + 1));
    }

    @Override
    public void close() throws IOException {
        try {
            if (reader != null) {
                reader.close();
            }
        } finally {
            file.close();
        }
    }
}
