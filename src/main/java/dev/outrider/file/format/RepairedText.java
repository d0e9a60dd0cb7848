package dev.outrider.file.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** Characters of a scan, already free of what no XML parser accepts; says what it repaired and whether the source has ended. */
abstract class RepairedText extends Reader {
    /** Bit n set: control character n may not stand in XML 1.0. Tab, line feed and carriage return may. */
    private static final int FORBIDDEN = ~(1 << '\t' | 1 << '\n' | 1 << '\r');

    static final char REPLACEMENT = '\uFFFD';

    long dropped;
    long replaced;
    private boolean ended;
    private long unseen;
    private long maxUnseen = Long.MAX_VALUE;
    private String name = "";

    /** Refuses the content when more characters than this go into the parser before it says something (a name without end). */
    final void limitUnseen(long chars, String name) {
        this.maxUnseen = chars;
        this.name = name;
    }

    /** The parser has said something. */
    final void progress() {
        unseen = 0;
    }

    final int count(int n) throws ScanIOException {
        unseen += n;
        if (unseen > maxUnseen) {
            throw new ScanIOException(new ScanException(
                    "file.too_large",
                    name + ": one name, tag or text is longer than " + maxUnseen + " characters; this is no scan"));
        }
        return n;
    }

    /** Whether the parser has asked for more than there is. */
    final boolean ended() {
        return ended;
    }

    final int end() {
        ended = true;
        return -1;
    }

    final void countInto(Repairs repairs) {
        repairs.add(Repairs.CONTROL_CHARACTERS, dropped);
        repairs.add(Repairs.INVALID_ENCODING, replaced);
        dropped = 0;
        replaced = 0;
    }

    static boolean forbidden(int c) {
        return c < 0x20 ? (FORBIDDEN >>> c & 1) != 0 : c == 0xFFFE || c == 0xFFFF;
    }

    /** Opens the content as text, in the encoding that its head shows, without byte order mark and leading blanks. */
    static RepairedText of(Content content, Head head) throws IOException {
        InputStream in = content.open();
        in.skipNBytes(head.start());
        return StandardCharsets.UTF_8.equals(head.charset())
                ? new RepairedUtf8(in)
                : new RepairedCharset(in, head.charset());
    }
}
