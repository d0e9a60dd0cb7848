package dev.outrider.file.source;

import dev.outrider.store.Seen;
import dev.outrider.store.StateStore;
import dev.outrider.store.StreamKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of a folder's files, as identities in the seen-set: {@code <kind> <token> <place>}. Of a collected file its unit,
 * and whether it failed; of one that was left in place also its {@link Stat}, so that it need not be digested again at every run; of a
 * refused link where it led. Places hold no blanks. An entry's time is when it was made, since a file's own time may be any.
 */
final class FolderMemory {
    private static final String UNIT = "unit";
    private static final String FAILED = "failed";
    private static final String STAT = "stat";
    private static final String REFUSED = "refused";

    private final StateStore state;
    private final StreamKey key;
    private final Folder folder;

    FolderMemory(StateStore state, StreamKey key, Folder folder) {
        this.state = state;
        this.key = key;
        this.folder = folder;
    }

    /** The unit of a file that was collected and has not been touched since. */
    Optional<String> untouched(FolderEntry entry) {
        return state.seen(key, identity(STAT, entry.stat().token(), entry.where()))
                .map(Seen::unit);
    }

    boolean collected(String unit, String where) {
        return state.seen(key, identity(UNIT, unit, where)).isPresent();
    }

    boolean failed(String unit, String where) {
        return state.seen(key, identity(FAILED, unit, where)).isPresent();
    }

    boolean refused(String unit, String where) {
        return state.seen(key, identity(REFUSED, unit, where)).isPresent();
    }

    /** Forgets that a file was collected, so that a crash does not leave it half collected anew and remembered as done. */
    void forget(String unit, FolderEntry entry) {
        state.forget(
                key,
                List.of(
                        identity(UNIT, unit, entry.where()),
                        identity(FAILED, unit, entry.where()),
                        identity(STAT, entry.stat().token(), entry.where())));
    }

    List<Seen> ofCollected(String unit, FolderEntry entry, boolean failed, boolean stays) {
        var seen = new ArrayList<Seen>();
        seen.add(seen(UNIT, unit, entry, unit));
        if (failed) {
            seen.add(seen(FAILED, unit, entry, unit));
        }
        if (stays) {
            seen.add(seen(STAT, entry.stat().token(), entry, unit));
        }
        return seen;
    }

    List<Seen> ofRefused(String unit, FolderEntry entry) {
        return List.of(seen(REFUSED, unit, entry, unit));
    }

    /** Remembers that a collected file lies where it is, untouched. */
    void stays(String unit, FolderEntry entry) {
        state.see(key, List.of(seen(STAT, entry.stat().token(), entry, unit)));
    }

    /**
     * Forgets what the folder no longer holds.
     *
     * @param moving whether collected files are moved away: these are remembered on for a time, so that the same file put in again is
     *     known; one that was left in place and vanished is forgotten
     */
    void prune(boolean moving, Duration remember) {
        var before = Instant.now().minus(remember);
        var gone = new ArrayList<String>();
        state.eachSeen(key, seen -> {
            if (outlived(seen, moving, before)) {
                gone.add(seen.identity());
            }
        });
        if (!gone.isEmpty()) {
            state.forget(key, gone);
        }
    }

    private boolean outlived(Seen seen, boolean moving, Instant before) {
        var parts = seen.identity().split(" ", 3);
        if (parts.length < 3) {
            return true;
        }
        var where = parts[2];
        return switch (parts[0]) {
            case STAT -> !parts[1].equals(tokenAt(where));
            case REFUSED -> !folder.exists(where);
            default ->
                folder.exists(where)
                        ? seen.at().isBefore(before) && !lies(seen.unit(), where)
                        : !moving || seen.at().isBefore(before);
        };
    }

    private boolean lies(String unit, String where) {
        return state.seen(key, identity(STAT, tokenAt(where), where))
                .map(Seen::unit)
                .filter(unit::equals)
                .isPresent();
    }

    private String tokenAt(String where) {
        try {
            return folder.stat(where).token();
        } catch (IOException e) {
            return ""; // nothing readable lies there, which no token equals
        }
    }

    private static Seen seen(String kind, String token, FolderEntry entry, String unit) {
        return new Seen(identity(kind, token, entry.where()), Instant.now(), unit);
    }

    private static String identity(String kind, String token, String where) {
        return kind + " " + token + " " + where;
    }
}
