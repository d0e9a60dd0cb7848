package dev.outrider.file.format;

import com.ctc.wstx.exc.WstxLazyException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The first bytes of a content and what they tell: encoding, XML root, first line. */
final class Head {
    private static final int SIZE = 1 << 16;
    private static final Pattern ENCODING =
            Pattern.compile("^<\\?xml[^>]{0,100}?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");

    private final byte[] bytes;
    private final boolean whole;
    private final boolean cut;
    private Charset charset = StandardCharsets.UTF_8;
    private int start;
    private String text;
    private boolean rootSought;
    private String xmlRoot;
    private boolean xmlCut;

    private Head(byte[] bytes, boolean whole, boolean cut) {
        this.bytes = bytes;
        this.whole = whole;
        this.cut = cut;
        senseEncoding();
    }

    static Head of(Content content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] bytes = in.readNBytes(SIZE);
            return new Head(bytes, bytes.length < SIZE, false);
        } catch (EOFException cut) {
            return of(content, cut);
        }
    }

    /** A compressed content that ends early: as much of it as comes out. */
    private static Head of(Content content, IOException cut) throws IOException {
        byte[] bytes = new byte[SIZE];
        int n = 0;
        try (InputStream in = content.open()) {
            for (int b = in.read(); b >= 0 && n < SIZE; b = in.read()) {
                bytes[n++] = (byte) b;
            }
        } catch (EOFException again) {
            cut.addSuppressed(again);
        }
        return new Head(Arrays.copyOf(bytes, n), true, true);
    }

    private void senseEncoding() {
        if (starts(0xEF, 0xBB, 0xBF)) {
            start = 3;
        } else if (starts(0xFF, 0xFE)) {
            charset = StandardCharsets.UTF_16LE;
            start = 2;
        } else if (starts(0xFE, 0xFF)) {
            charset = StandardCharsets.UTF_16BE;
            start = 2;
        } else if (starts('<', 0, '?', 0)) {
            charset = StandardCharsets.UTF_16LE;
        } else if (starts(0, '<', 0, '?')) {
            charset = StandardCharsets.UTF_16BE;
        }
        if (charset == StandardCharsets.UTF_8) {
            while (start < bytes.length && bytes[start] <= ' ' && bytes[start] >= 0) {
                start++;
            }
            Matcher declared = ENCODING.matcher(
                    new String(bytes, start, Math.min(200, bytes.length - start), StandardCharsets.ISO_8859_1));
            if (declared.find() && Charset.isSupported(declared.group(1))) {
                Charset named = Charset.forName(declared.group(1));
                // A declaration that could be read as ASCII is not UTF-16, whatever it says.
                boolean ascii =
                        named.equals(StandardCharsets.US_ASCII) || named.name().startsWith("UTF-");
                charset = ascii ? StandardCharsets.UTF_8 : named;
            }
        }
    }

    /** The same, read in an encoding that somebody declared; what the bytes themselves say is worth more. */
    Head in(Charset declared) {
        if (declared == null || start > 0 && !StandardCharsets.UTF_8.equals(charset) || starts(0xEF, 0xBB, 0xBF)) {
            return this;
        }
        Head same = new Head(bytes, whole, cut);
        same.charset = declared;
        same.start = 0;
        return same;
    }

    /** Whether the raw bytes begin so. */
    boolean starts(int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** No content at all, or only blanks. */
    boolean empty() {
        return whole && text().isBlank();
    }

    /** Whether there is no text in it, though there are bytes: NUL mostly, where a file was made and never written. */
    boolean unwritten() {
        return text().isBlank()
                && new String(bytes, charset).chars().anyMatch(c -> c < ' ' && !Character.isWhitespace(c));
    }

    /** Whether the head is the entire content. */
    boolean whole() {
        return whole;
    }

    /** Whether the compressed data around it ends early. */
    boolean cut() {
        return cut;
    }

    Charset charset() {
        return charset;
    }

    /** Bytes before the text proper: byte order mark, blanks. */
    int start() {
        return start;
    }

    String text() {
        if (text == null) {
            StringBuilder all = new StringBuilder();
            char[] some = new char[8192];
            try (RepairedText in = RepairedText.of(content(), this)) {
                for (int n = in.read(some); n > 0; n = in.read(some)) {
                    all.append(some, 0, n);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            text = all.toString();
        }
        return text;
    }

    boolean looksLikeXml() {
        return text().startsWith("<");
    }

    /** Local name of the root element, or null when this is not XML or its head does not reach the root. */
    String xmlRoot() {
        if (!rootSought) {
            rootSought = true;
            if (looksLikeXml()) {
                seekRoot();
            }
        }
        return xmlRoot;
    }

    /** XML that ends before its root element. */
    boolean cutBeforeRoot() {
        return xmlRoot() == null && xmlCut && whole;
    }

    private void seekRoot() {
        try (RepairedText in = RepairedText.of(content(), this)) {
            try {
                XMLStreamReader xml = Xml.reader(in, Limits.defaults());
                while (xml.hasNext()) {
                    if (xml.next() == XMLStreamReader.START_ELEMENT) {
                        xmlRoot = Xml.local(xml.getLocalName());
                        return;
                    }
                }
            } catch (XMLStreamException | WstxLazyException e) {
                xmlCut = in.ended();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Content content() {
        return new Content() {
            @Override
            public String name() {
                return "head";
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }
}
