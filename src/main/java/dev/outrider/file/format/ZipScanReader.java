package dev.outrider.file.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads the scans in a zip one after the other. An entry that is no scan, or a broken one, is a recoverable fault: the others are
 * still read. Archives in the archive are refused.
 */
final class ZipScanReader implements ScanReader {
    static final String ID = "zip";

    private final Path zip;
    private final String name;
    private final Limits limits;
    private final List<ScanFormat> formats;
    private final Repairs repairs = new Repairs();
    private long offset;
    private long expanded;
    private int entries;
    private int files;
    private ZipEntryContent entry;
    private ScanReader current;
    private boolean done;
    private ScanException failure;

    ZipScanReader(Path zip, String name, Limits limits, List<ScanFormat> formats) {
        this.zip = zip;
        this.name = name;
        this.limits = limits;
        this.formats = formats;
    }

    @Override
    public String format() {
        return ID;
    }

    @Override
    public JsonNode next() throws ScanException {
        while (failure == null && !done) {
            try {
                if (entry == null) {
                    nextEntry();
                } else if (current == null) {
                    openEntry();
                } else {
                    JsonNode item = current.next();
                    if (item != null) {
                        return item;
                    }
                    leaveEntry();
                }
            } catch (ScanException e) {
                throw fault(e);
            } catch (IOException e) {
                throw fatal(Faults.ofStream(e, entry == null ? name : entry.name()));
            }
        }
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    /** Faults on the way were reported when the items after them were first read. */
    @Override
    public void skip(long n) throws ScanException {
        for (long left = n; left > 0; ) {
            try {
                if (next() == null) {
                    return;
                }
                left--;
            } catch (ScanException e) {
                if (!e.recoverable()) {
                    throw e;
                }
            }
        }
    }

    private void nextEntry() throws IOException, ScanException {
        entry = ZipEntryContent.at(zip, name, offset, limits, expanded);
        if (entry == null) {
            ZipEnd.check(zip, name, entries);
            if (files == 0) {
                throw fatal(new ScanException("file.empty", name + ": the zip holds no file"));
            }
            done = true;
            return;
        }
        if (++entries > limits.maxEntries()) {
            throw fatal(new ScanException(
                    "file.bomb", name + ": more than " + limits.maxEntries() + " entries; nothing more of it is read"));
        }
        if (entries == 1 && entry.entryName().equals("[Content_Types].xml")) {
            throw fatal(new ScanException(
                    "file.unknown_format", name + ": an Office document; export the scan as .nessus or CSV instead"));
        }
    }

    private void openEntry() throws IOException, ScanException {
        if (entry.directory()) {
            leaveEntry();
            return;
        }
        files++;
        Head head = Head.of(entry);
        if (sideFile(head)) {
            repairs.add(Repairs.SIDE_FILES);
            leaveEntry();
        } else {
            current = Formats.openPlain(entry, head, limits, formats);
        }
    }

    /** What macOS adds to every zip it makes: resource forks and folder settings. */
    private static boolean sideFile(Head head) {
        return head.starts(0, 5, 0x16, 7) || head.starts(0, 0, 0, 1, 'B', 'u', 'd', '1');
    }

    private void leaveEntry() throws IOException {
        if (current != null) {
            repairs.addAll(current.repairs());
            current.close();
            current = null;
        }
        offset = entry.end();
        expanded += entry.size();
        entry = null;
    }

    /** A fault of one entry lets the next be read, if the end of the broken one can be found. */
    private ScanException fault(ScanException e) {
        if (failure != null || entry == null || e.code().equals("file.bomb")) {
            return fatal(e);
        }
        try {
            leaveEntry();
            return new ScanException(e.code(), e.getMessage(), e, true);
        } catch (EOFException cut) {
            return fatal(Faults.cut(entry.name(), "", e));
        } catch (IOException damaged) {
            e.addSuppressed(damaged);
            return fatal(damaged instanceof ScanIOException limit ? limit.fault() : e);
        }
    }

    private ScanException fatal(ScanException e) {
        failure = e;
        return e;
    }

    @Override
    public Map<String, Long> repairs() {
        Repairs all = new Repairs();
        all.addAll(repairs.asMap());
        if (current != null) {
            all.addAll(current.repairs());
        }
        return all.asMap();
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
        }
    }
}
