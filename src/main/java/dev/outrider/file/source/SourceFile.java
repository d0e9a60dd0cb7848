package dev.outrider.file.source;

import dev.outrider.store.Seen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One file of a source. */
public interface SourceFile extends AutoCloseable {
    /** For people: safe to print. */
    String name();

    /** Where the source finds it again; only the source understands it. */
    String where();

    /** The path below the folder, or the key: as a person or an event names it. */
    String place();

    /** Stable identity of these bytes at this place: the same in another data folder, another for other bytes. */
    String unit();

    /**
     * A local file with its bytes, brought there where needed.
     *
     * @throws FileFault where this file cannot be taken, while others may
     * @throws FileGone where it went away or was replaced meanwhile: the next listing tells
     */
    Path content() throws FileFault, FileGone;

    /** Asked after the last byte was read: that these were the bytes of the unit all along. */
    void verify() throws FileFault;

    /** What to remember with the last page, the identity of the unit first. */
    List<Seen> seen(boolean failed);

    /** Puts the file out of the way, once its last page is durable. */
    void settle(boolean failed) throws IOException;

    /** Lets go of the local copy. */
    @Override
    void close();
}
