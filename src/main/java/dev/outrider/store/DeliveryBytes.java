package dev.outrider.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A delivery as bytes: version (1 byte), number and time of arrival, then texts and body, each with its length before it. */
final class DeliveryBytes {
    private static final byte VERSION = 1;
    private static final int TEXTS = 5;

    private DeliveryBytes() {}

    static byte[] of(Delivery delivery) {
        var texts = new byte[][] {
            utf8(delivery.tenant()),
            utf8(delivery.integration()),
            utf8(delivery.unit()),
            utf8(delivery.reading()),
            utf8(delivery.headers())
        };
        int length = 1 + 2 * Long.BYTES + (TEXTS + 1) * Integer.BYTES + delivery.body().length;
        for (var text : texts) {
            length += text.length;
        }
        var bytes = ByteBuffer.allocate(length);
        bytes.put(VERSION).putLong(delivery.seq()).putLong(delivery.received().toEpochMilli());
        for (var text : texts) {
            bytes.putInt(text.length).put(text);
        }
        bytes.putInt(delivery.body().length).put(delivery.body());
        return bytes.array();
    }

    static Delivery read(ByteBuffer bytes) {
        int version = bytes.get();
        if (version != VERSION) {
            throw new StoreException(
                    "a stored delivery has version " + version + ", this Outrider reads " + VERSION
                            + ": run the one that stored it until its deliveries are records",
                    null);
        }
        long seq = bytes.getLong();
        var received = Instant.ofEpochMilli(bytes.getLong());
        return new Delivery(
                seq, text(bytes), text(bytes), text(bytes), text(bytes), text(bytes), part(bytes), received);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer bytes) {
        return new String(part(bytes), StandardCharsets.UTF_8);
    }

    private static byte[] part(ByteBuffer bytes) {
        var part = new byte[bytes.getInt()];
        bytes.get(part);
        return part;
    }
}
