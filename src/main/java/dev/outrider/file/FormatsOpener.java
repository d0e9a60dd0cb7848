package dev.outrider.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.file.format.Formats;
import dev.outrider.file.format.Limits;
import dev.outrider.file.format.ScanException;
import dev.outrider.file.format.ScanReader;
import dev.outrider.file.format.TableMap;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;

/** Opens whatever the known formats recognise, and tables by the map in the settings. */
@ApplicationScoped
@Unremovable
public class FormatsOpener implements ScanOpener {
    @Override
    public ScanReader open(Path file, String name, ObjectNode settings) throws ScanException, IOException {
        return Formats.open(file, name, Limits.defaults(), TableMap.of(settings));
    }
}
