package dev.outrider.vendor.component;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.StepEndpoint;
import dev.outrider.record.StreamRun;
import dev.outrider.record.mapping.MappingRegistry;
import dev.outrider.vendor.http.VendorClients;
import java.util.Map;
import org.apache.camel.Exchange;

/** One call that makes something at the vendor. The body is what was asked for, and then what is answered. */
public class CallEndpoint extends StepEndpoint {
    private final VendorClients clients;
    private final MappingRegistry mappings;
    private final Map<String, String> headers;
    private String method = "POST";
    private String path = "";
    private String input = "";
    private String output = "";
    private String form = "json";
    private String idempotencyHeader = "";
    private String idempotencyKey = "";

    CallEndpoint(
            String uri,
            VendorComponent component,
            VendorClients clients,
            MappingRegistry mappings,
            Map<String, String> headers) {
        super(uri, component);
        this.clients = clients;
        this.mappings = mappings;
        this.headers = headers;
    }

    public String getMethod() {
        return method;
    }

    public void setMethod(String method) {
        this.method = method;
    }

    public String getPath() {
        return path;
    }

    /** What is called; may hold {@code {setting}}. */
    public void setPath(String path) {
        this.path = path;
    }

    public String getInput() {
        return input;
    }

    /** The mapping of {@code {"request":…,"settings":…}} to what is sent, or to {@code {"invalid":["what is wrong"]}}. */
    public void setInput(String input) {
        this.input = input;
    }

    public String getOutput() {
        return output;
    }

    /** The mapping of the vendor's reply to what is answered; empty for the reply as it is. */
    public void setOutput(String output) {
        this.output = output;
    }

    public String getForm() {
        return form;
    }

    /** How the body is written: {@code json}, or {@code brackets} for a form whose nested fields are {@code a[b][0]}. */
    public void setForm(String form) {
        this.form = form;
    }

    public String getIdempotencyHeader() {
        return idempotencyHeader;
    }

    /** The header by which the vendor knows a repeated request; without it nothing is repeated but what only reads. */
    public void setIdempotencyHeader(String idempotencyHeader) {
        this.idempotencyHeader = idempotencyHeader;
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    /** Where what is sent tells what it is for, an order's id for instance: the same one has the same key for ever. */
    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }

    Map<String, String> headers() {
        return headers;
    }

    void check() {
        need(!path.isBlank(), "path");
        need(!input.isBlank(), "input, the mapping of what is asked for");
        need(form.equals("json") || form.equals("brackets"), "form to be json or brackets");
        // The engine repeats what broke off half-way. Without a key that would make things twice.
        need(
                !idempotencyHeader.isBlank() && !idempotencyKey.isBlank(),
                "idempotencyHeader and idempotencyKey: a call may be repeated after a broken connection");
    }

    private static void need(boolean fulfilled, String what) {
        if (!fulfilled) {
            throw new IllegalArgumentException("vendor:call needs " + what);
        }
    }

    @Override
    protected void step(Exchange exchange, StreamRun run) {
        var call = new Call(clients.of(run.integration()), mappings, run, this);
        exchange.getMessage().setBody(call.answer(exchange.getMessage().getBody(JsonNode.class)));
    }
}
