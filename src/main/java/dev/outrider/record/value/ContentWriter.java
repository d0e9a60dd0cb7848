package dev.outrider.record.value;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes JSON in one canonical form, compact UTF-8 with the fields of every object sorted, so that the same bytes serve as digest input
 * and as the record's line. Half a surrogate pair, which JSON allows and UTF-8 does not, becomes {@code ?}. Not thread-safe; use one again
 * and again.
 */
public final class ContentWriter {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final int NAMES = 256;

    private final String[] names = new String[NAMES];
    private final byte[][] quoted = new byte[NAMES][];
    private byte[] buffer = new byte[8192];
    private int size;

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
                for (int i = 0; i < node.size(); i++) {
                    if (i > 0) {
                        add(',');
                    }
                    node(node.get(i));
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
                ascii(Double.isFinite(node.doubleValue()) || node.isIntegralNumber() ? node.asText() : "null");
            default -> ascii(node.asText());
        }
        return this;
    }

    private void object(ObjectNode node) {
        var sorted = new String[node.size()];
        var values = new JsonNode[sorted.length];
        int size = 0;
        for (var fields = node.fields(); fields.hasNext(); size++) {
            var field = fields.next();
            // Sorted in place: objects are small, and mostly in order already.
            int at = size;
            for (; at > 0 && sorted[at - 1].compareTo(field.getKey()) > 0; at--) {
                sorted[at] = sorted[at - 1];
                values[at] = values[at - 1];
            }
            sorted[at] = field.getKey();
            values[at] = field.getValue();
        }
        add('{');
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                add(',');
            }
            name(sorted[i]);
            node(values[i]);
        }
        add('}');
    }

    /** A field's name with its quotes and colon. The same few names come with every record, so their bytes are kept. */
    private void name(String name) {
        int slot = name.hashCode() & NAMES - 1;
        if (name.equals(names[slot])) {
            raw(quoted[slot]);
            return;
        }
        int from = size;
        text(name);
        add(':');
        if (size - from < 100) {
            names[slot] = name;
            quoted[slot] = Arrays.copyOfRange(buffer, from, size);
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
