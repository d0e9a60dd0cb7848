package dev.outrider.file.source;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Files that were changed a moment ago and may still be written. One is taken once it has not changed for the quiet time; where its end
 * shows that it is whole, a shorter time will do.
 */
final class Young {
    private static final Duration QUIET_WHEN_WHOLE = Duration.ofMillis(300);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final byte[] NESSUS_END = "</NessusClientData_v2>".getBytes(StandardCharsets.US_ASCII);
    private static final int ZIP_END_BYTES = 22;

    private static final class Watched {
        private FolderEntry entry;
        private long sinceNanos = System.nanoTime();
        private Boolean whole;

        Watched(FolderEntry entry) {
            this.entry = entry;
        }
    }

    private final Duration quiet;
    private final BooleanSupplier cancelled;
    private final List<Watched> files = new ArrayList<>();
    private Duration patience;

    /** @param patience how long to wait in all */
    Young(Duration quiet, Duration patience, BooleanSupplier cancelled) {
        this.quiet = quiet;
        this.patience = patience;
        this.cancelled = cancelled;
    }

    void add(FolderEntry entry) {
        files.add(new Watched(entry));
    }

    int size() {
        return files.size();
    }

    /** Whether a file just listed has been left alone for long enough, by its own time. */
    boolean isQuiet(FolderEntry entry) {
        return entry.stat().age().compareTo(quiet) >= 0;
    }

    /** Waits for the next file to be quiet; null when there is none left or patience is at its end. */
    FolderEntry take() {
        while (!files.isEmpty()) {
            Cancelled.check(cancelled);
            for (var each = files.iterator(); each.hasNext(); ) {
                var file = each.next();
                if (!look(file)) {
                    each.remove();
                } else if (isQuiet(file)) {
                    each.remove();
                    return file.entry;
                }
            }
            if (patience.isNegative() || patience.isZero()) {
                return null;
            }
            Pause.of(BETWEEN_LOOKS);
            patience = patience.minus(BETWEEN_LOOKS);
        }
        return null;
    }

    /** What is still not quiet, and is given up for this run. */
    List<FolderEntry> left() {
        return files.stream().map(file -> file.entry).toList();
    }

    /** Looks whether a file changed; false where it is gone. */
    private static boolean look(Watched file) {
        try {
            var now = Stat.of(file.entry.real());
            if (!now.equals(file.entry.stat())) {
                file.entry = file.entry.with(now);
                file.sinceNanos = System.nanoTime();
                file.whole = null;
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isQuiet(Watched file) {
        var watched = Duration.ofNanos(System.nanoTime() - file.sinceNanos);
        var still = watched.compareTo(file.entry.stat().age()) > 0
                ? watched
                : file.entry.stat().age();
        if (still.compareTo(quiet) >= 0) {
            return true;
        }
        if (still.compareTo(QUIET_WHEN_WHOLE) < 0) {
            return false;
        }
        if (file.whole == null) {
            file.whole = isWhole(file.entry);
        }
        return file.whole;
    }

    private static boolean isWhole(FolderEntry entry) {
        try (var file = new RandomAccessFile(entry.real().toFile(), "r")) {
            var tail = new byte[(int) Math.min(128, file.length())];
            file.seek(file.length() - tail.length);
            file.readFully(tail);
            return endsNessus(tail) || endsZip(tail);
        } catch (IOException e) {
            return false; // then the longer time counts, and reading the file says what is wrong
        }
    }

    private static boolean endsNessus(byte[] tail) {
        int end = tail.length;
        while (end > 0 && tail[end - 1] <= ' ' && tail[end - 1] >= 0) {
            end--;
        }
        int from = end - NESSUS_END.length;
        return from >= 0 && Arrays.equals(tail, from, end, NESSUS_END, 0, NESSUS_END.length);
    }

    private static boolean endsZip(byte[] tail) {
        int at = tail.length - ZIP_END_BYTES;
        return at >= 0 && tail[at] == 'P' && tail[at + 1] == 'K' && tail[at + 2] == 5 && tail[at + 3] == 6;
    }
}
