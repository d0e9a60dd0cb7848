package dev.outrider.file.format;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * Walks an XML document element by element, keeping memory flat whatever the document does: texts are cut at a limit, the number
 * of different names and the length of what is skipped are bounded.
 */
final class XmlCursor {
    static final int START = XMLStreamReader2.START_ELEMENT;
    static final int END = XMLStreamReader2.END_ELEMENT;

    private final XMLStreamReader2 xml;
    private final RepairedText source;
    private final Limits limits;
    private final Repairs repairs;
    private final String file;
    /** The parser's names (few, and always the same object) to names without prefix. */
    private final Map<String, String> names = new HashMap<>();

    private int budget;

    XmlCursor(RepairedText source, Limits limits, Repairs repairs, String file) throws XMLStreamException {
        source.limitUnseen(3L * limits.maxTextChars(), file);
        this.xml = Xml.reader(source, limits);
        this.source = source;
        this.limits = limits;
        this.repairs = repairs;
        this.file = file;
    }

    int next() throws XMLStreamException, ScanException {
        source.progress();
        int event = xml.next();
        if (event == XMLStreamReader2.DTD) {
            refuseDoctype();
        }
        return event;
    }

    /** One that declares nothing itself passes: what it points to, as programs that merge scans of nmap have it do, is never fetched. */
    private void refuseDoctype() throws XMLStreamException, ScanException {
        String internal = xml.getDTDInfo().getDTDInternalSubset();
        if (internal != null && !internal.isBlank()) {
            throw Faults.entity(file, "DOCTYPE", null);
        }
    }

    /** Name of the current element without its prefix, always the same object for the same name. */
    String name() throws ScanException {
        return name(xml.getLocalName());
    }

    private String name(String raw) throws ScanException {
        String local = names.get(raw);
        if (local == null) {
            if (names.size() >= limits.maxNames()) {
                throw new ScanException(
                        "file.too_large",
                        file + ": more than " + limits.maxNames()
                                + " different element or attribute names; this is no scan");
            }
            local = Xml.local(raw).intern();
            names.put(raw, local);
        }
        return local;
    }

    int attributes() {
        return xml.getAttributeCount();
    }

    String attributeName(int i) throws ScanException {
        return name(xml.getAttributeLocalName(i));
    }

    String attribute(int i) {
        return xml.getAttributeValue(i);
    }

    /** Value of an attribute of the current element, or null. */
    String attribute(String wanted) throws ScanException {
        for (int i = 0; i < attributes(); i++) {
            if (attributeName(i).equals(wanted)) {
                return attribute(i);
            }
        }
        return null;
    }

    /** Passes over the current element with all it holds, building nothing. */
    void skip() throws XMLStreamException, ScanException {
        int depth = 1;
        while (depth > 0) {
            int event = next();
            if (event == START) {
                depth++;
                name();
                for (int i = 0; i < attributes(); i++) {
                    attributeName(i);
                }
            } else if (event == END) {
                depth--;
            }
        }
    }

    /** A new item begins: its texts may take this many characters together. */
    void newBudget() {
        budget = limits.maxItemChars();
    }

    /** The text of the current element, cut at the limit (and the cut counted); elements within are passed over. */
    String text() throws XMLStreamException, ScanException {
        int event = next();
        if (event == END) {
            return "";
        }
        if (event != XMLStreamReader2.CHARACTERS) {
            return longText("", event);
        }
        String first = xml.getText();
        event = next();
        return event == END ? limited(first) : longText(first, event);
    }

    private String longText(String first, int following) throws XMLStreamException, ScanException {
        StringBuilder all = new StringBuilder(first);
        int limit = Math.min(limits.maxTextChars(), Math.max(budget, 0)) + 1;
        for (int event = following; event != END; event = next()) {
            if (event == XMLStreamReader2.CHARACTERS
                    || event == XMLStreamReader2.CDATA
                    || event == XMLStreamReader2.SPACE) {
                int room = limit - all.length();
                if (room > 0) {
                    all.append(xml.getTextCharacters(), xml.getTextStart(), Math.min(room, xml.getTextLength()));
                }
            } else if (event == START) {
                skip();
            }
        }
        return limited(all.toString());
    }

    /**
     * The text of the current element and of all elements within, each of these on lines of its own; cut at the limit.
     *
     * @param link an attribute whose value is text too, and whose element stands within the line
     */
    String allText(String link) throws XMLStreamException, ScanException {
        int limit = Math.min(limits.maxTextChars(), Math.max(budget, 0)) + 1;
        StringBuilder all = new StringBuilder();
        Deque<Boolean> inLine = new ArrayDeque<>();
        for (int depth = 1; depth > 0; ) {
            int event = next();
            if (event == START) {
                depth++;
                String target = attribute(link);
                inLine.push(target != null);
                if (target == null) {
                    breakLine(all);
                } else {
                    append(all, target, limit);
                }
            } else if (event == END) {
                depth--;
                if (depth > 0 && !inLine.pop()) {
                    breakLine(all);
                }
            } else if (event == XMLStreamReader2.CHARACTERS || event == XMLStreamReader2.CDATA) {
                // A line break between words means no more than a blank here.
                append(all, xml.getText().replaceAll("\\s+", " "), limit);
            }
        }
        return limited(all.toString());
    }

    private static void append(StringBuilder all, String words, int limit) {
        boolean fresh = all.length() == 0 || Character.isWhitespace(all.charAt(all.length() - 1));
        String piece = fresh ? words.stripLeading() : words;
        all.append(piece, 0, Math.min(piece.length(), Math.max(0, limit - all.length())));
    }

    private static void breakLine(StringBuilder all) {
        while (all.length() > 0 && Character.isWhitespace(all.charAt(all.length() - 1))) {
            all.setLength(all.length() - 1);
        }
        if (all.length() > 0) {
            all.append('\n');
        }
    }

    private String limited(String text) {
        int limit = Math.min(limits.maxTextChars(), Math.max(budget, 0));
        // An element costs something even when it is empty: a million empty ones must not pass for nothing.
        budget -= Math.min(text.length(), limit) + 32;
        if (text.length() <= limit) {
            return text;
        }
        repairs.add(Repairs.TEXT_CUT);
        return text.substring(0, limit);
    }

    void close() throws IOException {
        try {
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        } finally {
            source.close();
        }
    }
}
