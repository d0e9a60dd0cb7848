package dev.outrider.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.file.format.ScanException;
import dev.outrider.file.format.ScanReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A format for tests: a host's name a line. {@code !cut}, {@code !part} and {@code !bug} are lines that cannot be read. */
public final class LineScans implements ScanOpener {
    /** Called before each line is read. */
    public Runnable onLine = () -> {};

    /** Called with each file that is opened. */
    public Consumer<Path> onFile = file -> {};

    /** How often a file was opened. */
    public int opened;

    @Override
    public ScanReader open(Path file, String name, ObjectNode settings) throws ScanException, IOException {
        opened++;
        onFile.accept(file);
        if (Files.size(file) == 0) {
            throw new ScanException("file.empty", name + ": the file is empty");
        }
        var lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
        return new ScanReader() {
            @Override
            public String format() {
                return "lines";
            }

            @Override
            public JsonNode next() throws ScanException {
                onLine.run();
                return item(lines, name);
            }

            @Override
            public void close() throws IOException {
                lines.close();
            }
        };
    }

    private static JsonNode item(BufferedReader lines, String name) throws ScanException {
        String line;
        try {
            line = lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (line == null || line.equals("!end")) {
            return null;
        }
        switch (line) {
            case "!cut" -> throw new ScanException("file.cut", name + ": the file ends in the middle");
            case "!part" ->
                throw new ScanException("file.cut", name + ": a part is cut") {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public boolean recoverable() {
                        return true;
                    }
                };
            case "!bug" -> throw new IllegalStateException("a reader's mistake");
            default -> {
                var item = JsonNodeFactory.instance.objectNode().put("type", "host");
                item.putObject("host").put("name", line);
                return item;
            }
        }
    }
}
