package dev.outrider.record.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Writes JSON in one canonical form, compact UTF-8 with the fields of every object sorted, so that the same bytes serve as digest input
 * and as the record's line. Half a surrogate pair, which JSON allows and UTF-8 does not, becomes {@code ?}. Not thread-safe: each thread
 * has one, {@link #get()}, so finish what it writes before the next.
 */
public final class ContentWriter {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** Shared by all threads: a layout is immutable, and one that another thread replaces is only made again. */
    private static final Layout[] LAYOUTS = new Layout[1024];

    private static final int MOST_LAYOUT_BYTES = 4096;

    private static final ThreadLocal<ContentWriter> WRITERS = ThreadLocal.withInitial(ContentWriter::new);

    private byte[] buffer = new byte[8192];
    private int size;

    /** This thread's, empty: its buffer is larger than most pages of deliveries. */
    public static ContentWriter get() {
        return WRITERS.get().reset();
    }

    /** The node's canonical bytes; what the writer held is gone. */
    public byte[] write(JsonNode node) {
        reset();
        node(node);
        return toBytes();
    }

    public ContentWriter reset() {
        // A single huge record must not keep its buffer for the life of the thread.
        if (buffer.length > 1 << 20) {
            buffer = new byte[8192];
        }
        size = 0;
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    public ContentWriter node(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object((ObjectNode) node);
            case ARRAY -> {
                add('[');
                boolean first = true;
                for (var element : node) {
                    if (!first) {
                        add(',');
                    }
                    first = false;
                    node(element);
                }
                add(']');
            }
            case STRING -> text(node.textValue());
            case BINARY ->
                text(Base64.getEncoder()
                        .encodeToString(((com.fasterxml.jackson.databind.node.BinaryNode) node).binaryValue()));
            case NULL, MISSING -> ascii("null");
            // No number in JSON: a mapping that divides by zero yields one all the same.
            case NUMBER ->
                ascii(
                        node.isIntegralNumber() || node.isBigDecimal() || Double.isFinite(node.doubleValue())
                                ? node.asText()
                                : "null");
            default -> ascii(node.asText());
        }
        return this;
    }

    private void object(ObjectNode node) {
        int count = node.size();
        var names = new String[count];
        var values = new JsonNode[count];
        int at = 0;
        for (var field : node.properties()) {
            names[at] = field.getKey();
            values[at++] = field.getValue();
        }
        add('{');
        if (count > 0) {
            var layout = layout(names);
            for (int i = 0; i < count; i++) {
                raw(layout.quoted[i]);
                node(values[layout.order[i]]);
            }
        }
        add('}');
    }

    /** The order of an object's fields. Objects of a few makings come over and over, with the very same names, so layouts are kept. */
    private static Layout layout(String[] names) {
        int hash = Arrays.hashCode(names);
        int slot = (hash ^ hash >>> 16) & LAYOUTS.length - 1;
        var known = LAYOUTS[slot];
        if (known != null && known.of(names)) {
            return known;
        }
        var made = new Layout(names);
        if (made.bytes < MOST_LAYOUT_BYTES) {
            LAYOUTS[slot] = made;
        }
        return made;
    }

    /** Where the fields of an object go, and the bytes before each value: comma, name, colon. */
    private static final class Layout {
        private final String[] names;
        private final int[] order;
        private final byte[][] quoted;
        private final int bytes;

        Layout(String[] names) {
            this.names = names;
            this.order = IntStream.range(0, names.length)
                    .boxed()
                    .sorted(Comparator.comparing(i -> names[i]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            this.quoted = new byte[names.length][];
            var writer = new ContentWriter();
            int sum = 0;
            for (int i = 0; i < order.length; i++) {
                writer.reset();
                if (i > 0) {
                    writer.add(',');
                }
                quoted[i] = writer.text(names[order[i]]).add(':').toBytes();
                sum += quoted[i].length;
            }
            this.bytes = sum;
        }

        boolean of(String[] others) {
            if (others.length != names.length) {
                return false;
            }
            for (int i = 0; i < names.length; i++) {
                // Mostly the same object: names are constants of the code or of the mapping.
                if (names[i] != others[i] && !names[i].equals(others[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A JSON string, quoted and escaped. */
    public ContentWriter text(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        ensure(bytes.length + 2);
        buffer[size++] = '"';
        int from = 0;
        int at = 0;
        while (at < bytes.length) {
            if (at + 8 <= bytes.length && plain((long) LONGS.get(bytes, at))) {
                at += 8;
                continue;
            }
            int end = Math.min(at + 8, bytes.length);
            for (; at < end; at++) {
                byte b = bytes[at];
                if (b >= 0 && b < 0x20 || b == '"' || b == '\\') {
                    raw(bytes, from, at - from);
                    escape(b);
                    from = at + 1;
                }
            }
        }
        raw(bytes, from, bytes.length - from);
        return add('"');
    }

    /** True where none of eight bytes needs an escape; bytes above 0x7f never do. */
    private static boolean plain(long word) {
        long quote = word ^ (ONES * '"');
        long slash = word ^ (ONES * '\\');
        long hits = (quote - ONES) & ~quote | (slash - ONES) & ~slash | (word - ONES * 0x20) & ~word;
        return (hits & HIGHS) == 0;
    }

    private void escape(byte b) {
        ensure(6);
        buffer[size++] = '\\';
        switch (b) {
            case '"', '\\' -> buffer[size++] = b;
            case '\n' -> buffer[size++] = 'n';
            case '\r' -> buffer[size++] = 'r';
            case '\t' -> buffer[size++] = 't';
            default -> {
                buffer[size++] = 'u';
                buffer[size++] = '0';
                buffer[size++] = '0';
                buffer[size++] = HEX[b >> 4];
                buffer[size++] = HEX[b & 15];
            }
        }
    }

    public ContentWriter ascii(String text) {
        int length = text.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            buffer[size++] = (byte) text.charAt(i);
        }
        return this;
    }

    /** Sixteen hexadecimal digits. */
    public ContentWriter hex(long number) {
        ensure(16);
        for (int shift = 60; shift >= 0; shift -= 4) {
            buffer[size++] = HEX[(int) (number >>> shift) & 15];
        }
        return this;
    }

    public ContentWriter raw(byte[] bytes, int from, int length) {
        ensure(length);
        System.arraycopy(bytes, from, buffer, size, length);
        size += length;
        return this;
    }

    public ContentWriter raw(byte[] bytes) {
        return raw(bytes, 0, bytes.length);
    }

    public ContentWriter add(char c) {
        ensure(1);
        buffer[size++] = (byte) c;
        return this;
    }

    private void ensure(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
