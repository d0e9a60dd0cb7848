package dev.outrider.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collection;

/**
 * How much one delivery may hold. A body within its limit of bytes can hold millions of empty objects, which would fill the memory and keep
 * the deliveries behind it waiting.
 */
final class Bounds {
    static final int ITEMS_MAX = 100_000;
    /** Objects and arrays in one JSON text, at every depth. */
    static final int NESTED_MAX = 500_000;
    /** Smaller texts cannot hold too much. */
    private static final int SMALL_BYTES = 1 << 16;

    private static final JsonFactory JSON = new JsonFactory();

    private Bounds() {}

    /** @throws IOException where the text is not JSON, or holds too much */
    static void check(byte[] text) throws IOException {
        if (text.length > SMALL_BYTES) {
            try (var parser = JSON.createParser(text)) {
                check(parser);
            }
        }
    }

    /** The same. */
    static void check(String text) throws IOException {
        if (text.length() > SMALL_BYTES) {
            try (var parser = JSON.createParser(text)) {
                check(parser);
            }
        }
    }

    private static void check(JsonParser parser) throws IOException {
        int nested = 0;
        JsonToken token;
        while ((token = parser.nextToken()) != null) {
            if (token.isStructStart() && ++nested > NESTED_MAX) {
                throw new IOException("it holds more than " + NESTED_MAX + " objects and arrays: send it in parts");
            }
        }
    }

    /** @throws IOException where there are too many */
    static void check(Collection<?> good, Collection<?> bad) throws IOException {
        if (good.size() + bad.size() >= ITEMS_MAX) {
            throw new IOException("it holds more than " + ITEMS_MAX + " items: send it in parts");
        }
    }
}
