package dev.outrider.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.OutriderProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Signs and posts deliveries as the vendors do. */
public final class HookSender {
    private final OutriderProcess outrider;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public HookSender(OutriderProcess outrider) {
        this.outrider = outrider;
    }

    /** A delivery as it goes over the wire. */
    record Signed(String body, Map<String, String> headers) {
        Signed with(String header, String value) {
            var changed = new HashMap<>(headers);
            changed.put(header, value);
            return new Signed(body, changed);
        }

        Signed with(String otherBody) {
            return new Signed(otherBody, headers);
        }
    }

    static Signed github(String secret, String event, String body) {
        return new Signed(
                body,
                Map.of(
                        "Content-Type",
                        "application/json",
                        "X-GitHub-Event",
                        event,
                        "X-GitHub-Delivery",
                        "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                        "X-Hub-Signature-256",
                        "sha256=" + hmac(secret, body)));
    }

    static Signed stripe(String secret, Instant at, String body) {
        long time = at.getEpochSecond();
        return new Signed(
                body,
                Map.of(
                        "Content-Type",
                        "application/json; charset=utf-8",
                        "Stripe-Signature",
                        "t=" + time + ",v1=" + hmac(secret, time + "." + body)));
    }

    static Signed okta(String secret, String body) {
        return new Signed(body, Map.of("Content-Type", "application/json", "Authorization", secret));
    }

    static Signed salesforce(String organization, String notification, String object) {
        return salesforce(organization, Map.of(notification, object));
    }

    /** @param objects by the id of their notification */
    static Signed salesforce(String organization, Map<String, String> objects) {
        var notifications = new StringBuilder();
        new TreeMap<>(objects).forEach((id, object) -> notifications
                .append("<Notification><Id>")
                .append(id)
                .append("</Id>")
                .append(object)
                .append("</Notification>"));
        return new Signed(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
                 <soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound">
                  <OrganizationId>%s</OrganizationId><ActionId>04k1</ActionId><SessionId>a-session-of-theirs</SessionId>
                  <EnterpriseUrl>https://acme.my.salesforce.com/services/Soap/c/67.0</EnterpriseUrl>
                  <PartnerUrl>https://acme.my.salesforce.com/services/Soap/u/67.0</PartnerUrl>
                  %s
                 </notifications></soapenv:Body></soapenv:Envelope>
                """
                        .formatted(organization, notifications),
                Map.of("Content-Type", "text/xml; charset=UTF-8", "SOAPAction", "\"\""));
    }

    /** Of class webhook with scheme hmac. */
    static Signed plain(String secret, String body) {
        return new Signed(body, Map.of("Content-Type", "application/json", "X-Signature", hmac(secret, body)));
    }

    /** @param query {@code ?wait=PT10S}, or empty */
    HttpResponse<String> post(String name, Signed delivery, String query) {
        var request = HttpRequest.newBuilder(URI.create(outrider.url() + "/webhooks/" + name + query))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofString(delivery.body()));
        delivery.headers().forEach(request::header);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int status(String name, Signed delivery) {
        return post(name, delivery, "").statusCode();
    }

    /** What became of a delivery, once it is in the sink. */
    JsonNode outcome(String name, Signed delivery) {
        var answer = post(name, delivery, "?wait=PT20S");
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return OutriderProcess.parse(answer.body());
    }

    private static String hmac(String secret, String text) {
        return Signatures.hex(Signatures.hmac("sha256", Signatures.utf8(secret), Signatures.utf8(text)));
    }
}
