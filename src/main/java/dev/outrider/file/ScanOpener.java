package dev.outrider.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.file.format.ScanException;
import dev.outrider.file.format.ScanReader;
import java.io.IOException;
import java.nio.file.Path;

/** Opens a scanner file of whatever format its content shows. */
@FunctionalInterface
public interface ScanOpener {
    /**
     * @param name for messages: the file's name at its source
     * @param settings of the integration, which may say how tables are to be read
     */
    ScanReader open(Path file, String name, ObjectNode settings) throws ScanException, IOException;
}
