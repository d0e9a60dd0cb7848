package dev.outrider.webhook;

import com.ctc.wstx.stax.WstxInputFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Salesforce's outbound message: SOAP without a signature, known by the organization's id. No DTD and no entity is read; SessionId never
 * leaves the parser.
 */
final class OutboundMessage {
    static final String ACKNOWLEDGED =
            "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body>"
                    + "<notificationsResponse xmlns=\"http://soap.sforce.com/2005/09/outbound\"><Ack>true</Ack>"
                    + "</notificationsResponse></soapenv:Body></soapenv:Envelope>";
    private static final List<String> PLACE = List.of("Envelope", "Body", "notifications", "OrganizationId");
    private static final Pattern SESSION = Pattern.compile("(<(?:\\w+:)?SessionId(?:\\s[^>]*)?>)[^<]*(</)");
    private static final XMLInputFactory XML = factory();

    private OutboundMessage() {}

    /**
     * Whether the message names exactly this organization: all 18 characters, or the first 15 where only these are known. It stands at the
     * beginning, so a long message is refused as quickly as a short one.
     */
    static boolean from(byte[] body, String organization) {
        try {
            var sent = organization(body);
            return Signatures.same(sent, organization)
                    || organization.length() == 15
                            && sent.length() == 18
                            && Signatures.same(sent.substring(0, 15), organization);
        } catch (XMLStreamException e) {
            return false;
        }
    }

    /** The message without the session that it may offer: nothing here uses it, and it is as good as a password. */
    static byte[] withoutSession(byte[] body) {
        var text = new String(body, StandardCharsets.ISO_8859_1);
        var masked = SESSION.matcher(text).replaceAll("$1***$2");
        return masked.equals(text) ? body : masked.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Where the message says it; empty where it says it elsewhere or not at all. */
    private static String organization(byte[] body) throws XMLStreamException {
        var reader = XML.createXMLStreamReader(new ByteArrayInputStream(body));
        try {
            var path = new ArrayDeque<String>();
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamReader.START_ELEMENT) {
                    if (reader.getLocalName().equals("Notification")) {
                        // It comes behind the organization.
                        return "";
                    }
                    path.addLast(reader.getLocalName());
                    if (path.size() <= PLACE.size() && isPlace(List.copyOf(path))) {
                        return reader.getElementText();
                    }
                } else if (event == XMLStreamReader.END_ELEMENT) {
                    path.removeLast();
                }
            }
            return "";
        } finally {
            reader.close();
        }
    }

    /** In the envelope, or in notifications that came without one. */
    private static boolean isPlace(List<String> path) {
        return path.equals(PLACE) || path.equals(PLACE.subList(2, PLACE.size()));
    }

    /** One item a notification: {@code {"notification":"04l…","type":"User","object":{"Id":"…"}}}. */
    static List<JsonNode> items(byte[] body) throws XMLStreamException {
        var reader = XML.createXMLStreamReader(new ByteArrayInputStream(body));
        var items = new ArrayList<JsonNode>();
        try {
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.START_ELEMENT
                        && reader.getLocalName().equals("Notification")) {
                    items.add(notification(reader));
                }
            }
            return items;
        } finally {
            reader.close();
        }
    }

    private static ObjectNode notification(XMLStreamReader reader) throws XMLStreamException {
        var item = JsonNodeFactory.instance.objectNode();
        while (reader.next() != XMLStreamReader.END_ELEMENT
                || !reader.getLocalName().equals("Notification")) {
            if (reader.isStartElement()) {
                if (reader.getLocalName().equals("sObject")) {
                    var type = reader.getAttributeValue("http://www.w3.org/2001/XMLSchema-instance", "type");
                    item.put("type", type == null ? null : type.substring(type.indexOf(':') + 1));
                    object(reader, item.putObject("object"));
                } else if (reader.getLocalName().equals("Id")) {
                    item.put("notification", reader.getElementText());
                }
            }
        }
        return item;
    }

    private static void object(XMLStreamReader reader, ObjectNode fields) throws XMLStreamException {
        while (reader.next() != XMLStreamReader.END_ELEMENT
                || !reader.getLocalName().equals("sObject")) {
            if (reader.isStartElement()) {
                var field = reader.getLocalName();
                fields.put(field, reader.getElementText());
            }
        }
    }

    private static XMLInputFactory factory() {
        var factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }
}
