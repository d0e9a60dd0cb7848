package dev.outrider.file;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.file.format.ScanException;
import dev.outrider.file.source.FileFault;
import dev.outrider.file.source.FileGone;
import dev.outrider.file.source.FileSource;
import dev.outrider.file.source.SourceFile;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import java.io.IOException;
import org.jboss.logging.Logger;

/**
 * Looks for a host in a source's scans, the newest first. A file that is broken is searched as far as it can be read: what follows the
 * fault never became records either. A file that cannot be got at might hold the host, so without it nobody can say no.
 */
final class HostSearch {
    private static final Logger LOG = Logger.getLogger(HostSearch.class);

    private final StreamRun run;
    private final FileSource source;
    private final ScanOpener opener;
    private RunError missed;

    HostSearch(StreamRun run, FileSource source, ScanOpener opener) {
        this.run = run;
        this.source = source;
        this.opener = opener;
    }

    /**
     * Whether a scan names the host exactly so.
     *
     * @throws RunException {@code affiliation.unknown} where a file that could hold it cannot be got at
     */
    boolean find(String host) {
        for (var files = source.newest(); files.hasNext(); ) {
            try (var file = files.next()) {
                if (holds(file, host)) {
                    return true;
                }
            }
        }
        if (missed != null) {
            throw new RunException(RunError.of(
                    "affiliation.unknown", "whether the host is known cannot be said: " + missed.message(), true));
        }
        return false;
    }

    private boolean holds(SourceFile file, String host) {
        try (var reader =
                opener.open(file.content(), file.name(), run.integration().settings())) {
            return holds(reader::next, host);
        } catch (FileGone e) {
            LOG.debug(e.getMessage());
        } catch (ScanException e) {
            LOG.debugf("%s is no scan: %s", file.name(), e.getMessage());
        } catch (FileFault e) {
            missed = e.lasting() ? missed : e.error();
        } catch (IOException e) {
            missed = RunError.of("file.unreadable", file.name() + " cannot be read: " + e.getMessage(), true);
        }
        return false;
    }

    @FunctionalInterface
    private interface Items {
        JsonNode next() throws ScanException;
    }

    private boolean holds(Items items, String host) {
        while (!run.cancelled()) {
            try {
                var item = items.next();
                if (item == null) {
                    return false;
                }
                if (item.path("host").path("name").asText().equals(host)) {
                    return true;
                }
            } catch (ScanException e) {
                if (!e.recoverable()) {
                    return false;
                }
            }
        }
        throw new RunException(RunError.of("job.cancelled", "the search was cancelled", true));
    }
}
