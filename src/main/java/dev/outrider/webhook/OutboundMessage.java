package dev.outrider.webhook;

import com.ctc.wstx.stax.WstxInputFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
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
    private static final XMLInputFactory XML = factory();

    private OutboundMessage() {}

    /** Whether the message names exactly this organization: all 18 characters, or the first 15 where only these are known. */
    static boolean from(byte[] body, String organization) {
        try {
            var sent = read(body).organization();
            return sent != null
                    && (Signatures.same(sent, organization)
                            || organization.length() == 15
                                    && sent.length() == 18
                                    && Signatures.same(sent.substring(0, 15), organization));
        } catch (XMLStreamException e) {
            return false;
        }
    }

    /** One item a notification: {@code {"notification":"04l…","type":"User","object":{"Id":"…"}}}. */
    static List<JsonNode> items(byte[] body) throws XMLStreamException {
        return read(body).items();
    }

    private record Message(String organization, List<JsonNode> items) {}

    private static Message read(byte[] body) throws XMLStreamException {
        var reader = XML.createXMLStreamReader(new ByteArrayInputStream(body));
        String organization = null;
        var items = new ArrayList<JsonNode>();
        try {
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.START_ELEMENT) {
                    if (reader.getLocalName().equals("OrganizationId") && organization == null) {
                        organization = reader.getElementText();
                    } else if (reader.getLocalName().equals("Notification")) {
                        items.add(notification(reader));
                    }
                }
            }
            return new Message(organization, items);
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
