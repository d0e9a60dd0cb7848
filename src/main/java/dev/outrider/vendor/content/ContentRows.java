package dev.outrider.vendor.content;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.outrider.vendor.http.CappedStream;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.zip.GZIPInputStream;

/** The rows of a file as objects, one after the other. Whatever is wrong with the file is an {@link IOException} at its place. */
abstract class ContentRows implements Closeable {
    private static final int LONGEST_TEXT = 16 << 20;
    private static final int MARK = 1 << 16;

    /** The next row, or null at the end. */
    abstract ObjectNode next() throws IOException;

    /** About how many bytes were read so far. */
    abstract long bytes();

    /**
     * @param format {@code csv} or {@code ndjson}
     * @param most bytes that may come out of it
     */
    static ContentRows open(InputStream file, String format, long most) throws IOException {
        var raw = new BufferedInputStream(file, MARK);
        try {
            raw.mark(2);
            boolean gzip = raw.read() == 0x1F && raw.read() == 0x8B;
            raw.reset();
            InputStream plain = gzip ? new GZIPInputStream(raw, MARK) : raw;
            var capped = new CappedStream(plain, most, System.nanoTime() + Long.MAX_VALUE / 2);
            return format.equals("csv") ? new Csv(capped) : new Ndjson(capped);
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /** Columns are known by the header alone: they change from release to release. */
    private static final class Csv extends ContentRows {
        private final CsvReader<NamedCsvRecord> csv;
        private final Iterator<NamedCsvRecord> rows;
        private long chars;

        private Csv(InputStream in) {
            csv = CsvReader.builder()
                    .maxBufferSize(LONGEST_TEXT)
                    .detectBomHeader(true)
                    .ofNamedCsvRecord(in, StandardCharsets.UTF_8);
            rows = csv.iterator();
        }

        @Override
        ObjectNode next() throws IOException {
            try {
                if (!rows.hasNext()) {
                    return null;
                }
                var object = JsonNodeFactory.instance.objectNode();
                rows.next().getFieldsAsMap().forEach((name, value) -> {
                    object.put(name, value);
                    chars += name.length() + value.length();
                });
                return object;
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } catch (CsvParseException | IllegalStateException e) {
                throw new IOException("a row that is none: " + e.getMessage(), e);
            }
        }

        @Override
        long bytes() {
            return chars;
        }

        @Override
        public void close() throws IOException {
            csv.close();
        }
    }

    private static final class Ndjson extends ContentRows {
        private static final JsonFactory FACTORY = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(200)
                        .maxStringLength(LONGEST_TEXT)
                        .build())
                .build()
                .setCodec(new ObjectMapper());

        private final JsonParser parser;

        private Ndjson(InputStream in) throws IOException {
            parser = FACTORY.createParser(in);
        }

        @Override
        ObjectNode next() throws IOException {
            if (parser.nextToken() == null) {
                return null;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new IOException("line " + parser.currentLocation().getLineNr() + " is no object");
            }
            JsonNode row = parser.readValueAsTree();
            return (ObjectNode) row;
        }

        @Override
        long bytes() {
            return parser.currentLocation().getByteOffset();
        }

        @Override
        public void close() throws IOException {
            parser.close();
        }
    }
}
