package dev.outrider.file.source;

import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;

/**
 * Where scanner files come from. One instance serves one run; its methods throw {@link dev.outrider.record.RunException} where the
 * source itself cannot be read, and {@link Cancelled} where the run was cancelled meanwhile.
 */
public interface FileSource extends AutoCloseable {
    /**
     * What must be collected, in the source's order and found as it goes: neither what was collected before nor what is still being
     * written. A file that cannot be taken is among them and says so by {@link SourceFile#content()}.
     */
    Iterator<SourceFile> due();

    /** The file that an earlier run began, where it is still the same; {@code where} is {@link SourceFile#where()}. */
    Optional<SourceFile> begun(String where, String unit);

    /** Every file that can be read, collected or not, the newest first. */
    Iterator<SourceFile> newest();

    /** Puts a file that was put aside back to where it came from, so that the next run meets it; nothing where it lies there anyway. */
    default void putBack(String unit) throws IOException {}

    /** Tries what a run needs; what was tried and how it went, in words. */
    String check();

    /** How far the sweeps before this run came, as the cursor keeps it; null where the source keeps no such mark. */
    default String watermark() {
        return null;
    }

    /**
     * Called once everything due was collected and is durable: forgets what need no longer be remembered.
     *
     * @return the new watermark, null where the source keeps none
     */
    String finished();

    @Override
    void close();
}
