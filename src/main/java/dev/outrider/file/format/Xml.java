package dev.outrider.file.format;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.Reader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/** The one way to an XML parser here: streaming, no DTD, no entities but the five of XML, nothing fetched, everything capped. */
final class Xml {
    private Xml() {}

    static XMLStreamReader2 reader(Reader in, Limits limits) throws XMLStreamException {
        return (XMLStreamReader2) factory(limits).createXMLStreamReader(in);
    }

    private static WstxInputFactory factory(Limits limits) {
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external references are not followed");
        });
        // Prefixes differ between tools and are sometimes not declared at all; the part after the colon is enough.
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        // A bell written as &#7; in a banner must not cost the file; the JSON written later escapes it.
        factory.setProperty(WstxInputProperties.P_ALLOW_XML11_ESCAPED_CHARS_IN_XML10, true);
        factory.setProperty(WstxInputProperties.P_INPUT_BUFFER_LENGTH, 1 << 14);
        // Ordinary texts come in one piece, longer ones in pieces of this size; measured, small pieces cost a tenth.
        factory.setProperty(WstxInputProperties.P_MIN_TEXT_SEGMENT, 1 << 16);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, limits.maxAttributeChars());
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 64);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, limits.maxDepth());
        return factory;
    }

    /** A name without its prefix. */
    static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }
}
