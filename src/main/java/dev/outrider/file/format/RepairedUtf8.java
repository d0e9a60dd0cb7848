package dev.outrider.file.format;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8, dropping the control characters that XML forbids and replacing what is not UTF-8 by U+FFFD; both are counted.
 * One bad byte would otherwise cost the whole scan. Clean ASCII, nearly all of a scan, is looked at eight bytes at a time and
 * copied by the JDK's intrinsics, which beats the parser's own decoder.
 */
final class RepairedUtf8 extends RepairedText {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;
    /** Added to a byte of ASCII it sets the high bit, unless that is a control character, or 0. */
    private static final long BELOW_BLANK = ONES * (0x80 - ' ');

    private static final long BELOW_ONE = ONES * 0x7f;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int end;
    private boolean ended;
    private char pendingLow;

    RepairedUtf8(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(char[] out, int off, int len) throws IOException {
        if (len == 0) {
            return 0;
        }
        int o = off;
        int limit = off + len;
        if (pendingLow != 0) {
            out[o++] = pendingLow;
            pendingLow = 0;
        }
        while (o == off) {
            if (position == end && !fill()) {
                return end();
            }
            o = decode(out, o, limit);
        }
        return count(o - off);
    }

    private int decode(char[] out, int from, int limit) throws IOException {
        int o = from;
        while (o < limit && position < end) {
            int run = cleanRun(position, Math.min(end, position + limit - o));
            if (run > 0) {
                new String(buffer, position, run, StandardCharsets.ISO_8859_1).getChars(0, run, out, o);
                position += run;
                o += run;
            } else if (buffer[position] >= 0) {
                position++;
                dropped++;
            } else {
                // More bytes are only waited for when nothing else can be handed out.
                if (end - position < 4 && !ended) {
                    if (o > from) {
                        return o;
                    }
                    fill();
                }
                o = multiByte(out, o, limit);
            }
        }
        return o;
    }

    /** Length of the run of ASCII from i that needs no repair. */
    private int cleanRun(int from, int to) {
        int i = from;
        while (i + 8 <= to) {
            long v = (long) LONGS.get(buffer, i);
            if ((v & HIGH_BITS) != 0) {
                break;
            }
            // Exact while no byte has its high bit: 0x80 for each byte below a blank, less those that may stand.
            long controls = ~(v + BELOW_BLANK) & HIGH_BITS;
            if (controls != 0 && (controls & ~(equal(v, '\n') | equal(v, '\t') | equal(v, '\r'))) != 0) {
                break;
            }
            i += 8;
        }
        while (i < to && buffer[i] >= 0 && (buffer[i] >= 0x20 || !forbidden(buffer[i]))) {
            i++;
        }
        return i - from;
    }

    /** 0x80 for each byte that is c; all bytes are ASCII. */
    private static long equal(long v, char c) {
        return ~((v ^ ONES * c) + BELOW_ONE) & HIGH_BITS;
    }

    private int multiByte(char[] out, int o, int limit) {
        int lead = buffer[position] & 0xFF;
        int length =
                lead >= 0xC2 && lead < 0xE0 ? 2 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
        int code = length == 0 ? -1 : lead & 0x7F >> length;
        int i = 1;
        for (; i < length; i++) {
            int b = position + i < end ? buffer[position + i] & 0xFF : 0;
            if ((b & 0xC0) != 0x80 || i == 1 && !secondFits(lead, b)) {
                code = -1;
                break;
            }
            code = code << 6 | b & 0x3F;
        }
        position += Math.min(i, end - position);
        if (code < 0 || code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE) {
            replaced++;
            out[o] = REPLACEMENT;
            return o + 1;
        }
        if (forbidden(code)) {
            dropped++;
            return o;
        }
        if (code < 0x10000) {
            out[o] = (char) code;
            return o + 1;
        }
        out[o] = Character.highSurrogate(code);
        if (o + 1 < limit) {
            out[o + 1] = Character.lowSurrogate(code);
            return o + 2;
        }
        pendingLow = Character.lowSurrogate(code);
        return o + 1;
    }

    /** Overlong forms and code points beyond Unicode show in the second byte. */
    private static boolean secondFits(int lead, int second) {
        return switch (lead) {
            case 0xE0 -> second >= 0xA0;
            case 0xF0 -> second >= 0x90;
            case 0xF4 -> second < 0x90;
            default -> true;
        };
    }

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        System.arraycopy(buffer, position, buffer, 0, end - position);
        end -= position;
        position = 0;
        do {
            int n = in.read(buffer, end, buffer.length - end);
            if (n < 0) {
                ended = true;
                break;
            }
            end += n;
        } while (end < 4);
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
