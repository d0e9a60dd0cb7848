package dev.outrider.file.format;

import java.io.IOException;
import java.io.InputStream;

/** Bytes of one scan, uncompressed; may be opened again, because some formats need two passes. */
interface Content {
    /** For messages only: the file's name, with the entry's for one inside an archive. */
    String name();

    /** From the first byte; reading may throw {@link ScanIOException} where a limit is hit. */
    InputStream open() throws IOException;
}
