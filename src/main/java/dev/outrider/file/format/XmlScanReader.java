package dev.outrider.file.format;

import com.ctc.wstx.exc.WstxLazyException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/**
 * What every reader of an XML scan does alike: a format says what its elements mean. What was read before a fault is given first, then the
 * fault, and nothing after it.
 */
abstract class XmlScanReader implements ScanReader {
    final String name;
    final Repairs repairs = new Repairs();
    final XmlCursor xml;
    final Deque<ObjectNode> ready = new ArrayDeque<>();

    private final RepairedText source;
    private boolean rootSeen;
    private boolean done;
    private ScanException failure;

    XmlScanReader(Content content, Head head, Limits limits) throws IOException {
        this.name = content.name();
        this.source = RepairedText.of(content, head);
        try {
            this.xml = new XmlCursor(source, limits, repairs, name);
        } catch (XMLStreamException e) {
            source.close();
            throw new ScanIOException(Faults.of(e, name, source));
        }
    }

    /** An element below the root begins; what it holds is read or skipped before this returns, or comes as elements of its own. */
    abstract void element(String element) throws XMLStreamException, ScanException;

    /** An element that was begun and not read to its end, ends. */
    void leave() throws XMLStreamException, ScanException {
        // Only formats that read an element in pieces need to know.
    }

    /** The file breaks here: what waits can still be given. */
    void broken() {
        // Only formats that keep items back have some.
    }

    @Override
    public final JsonNode next() throws ScanException {
        while (ready.isEmpty()) {
            if (failure != null) {
                throw failure;
            }
            if (done) {
                return null;
            }
            try {
                advance();
            } catch (ScanException e) {
                fail(e);
            } catch (XMLStreamException | WstxLazyException e) {
                fail(Faults.of(e, name, source));
            }
        }
        return ready.poll();
    }

    private void fail(ScanException e) {
        failure = e;
        broken();
    }

    private void advance() throws XMLStreamException, ScanException {
        int event = xml.next();
        if (event == XmlCursor.START && !rootSeen) {
            rootSeen = true;
        } else if (event == XmlCursor.START) {
            element(xml.name());
        } else if (event == XmlCursor.END) {
            leave();
        } else if (event == XMLStreamConstants.END_DOCUMENT) {
            done = true;
        }
    }

    @Override
    public final Map<String, Long> repairs() {
        source.countInto(repairs);
        return repairs.asMap();
    }

    @Override
    public void close() throws IOException {
        xml.close();
    }
}
