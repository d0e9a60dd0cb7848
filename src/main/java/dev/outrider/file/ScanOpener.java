package dev.outrider.file;

import dev.outrider.file.format.ScanException;
import dev.outrider.file.format.ScanReader;
import java.io.IOException;
import java.nio.file.Path;

/** Opens a scanner file of whatever format its content shows. */
@FunctionalInterface
public interface ScanOpener {
    /** @param name for messages: the file's name at its source */
    ScanReader open(Path file, String name) throws ScanException, IOException;
}
