package dev.outrider.vendor.aws;

import com.sun.net.httpserver.HttpExchange;
import dev.outrider.vendor.FakeVendor;
import dev.outrider.vendor.FakeVendor.Asked;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What stands between the class and moto, for what AWS does and moto does not: Lambda's list of URLs, a region that a service control policy
 * shuts, a role that lacks a permission, and CloudFront's list, where moto writes ARNs with a part too few and leaves out whether a
 * distribution is enabled and which names it has.
 */
final class AwsGate implements AutoCloseable {
    private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/\\d+/([a-z0-9-]+)/([a-z0-9-]+)/");
    private static final Set<String> OURS =
            Set.of("host", "content-length", "connection", "expect", "upgrade", "http2-settings");
    private static final String TOLD = "<Enabled>true</Enabled><Aliases><Quantity>1</Quantity><Items>"
            + "<CNAME>www.estate.example</CNAME></Items></Aliases>";
    private static final String FUNCTIONS = "/2015-03-31/functions";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String moto;
    private final FakeVendor front = new FakeVendor(this::pass);
    private volatile String shut = "";
    private volatile String refused = "";
    private volatile String revokedBy = "";
    private volatile boolean revoked;

    AwsGate(String moto) {
        this.moto = moto;
    }

    String url() {
        return front.url();
    }

    /** Every EC2 call to this region is denied by an organization's policy. */
    void shut(String region) {
        shut = region;
    }

    /** EC2 calls whose action is this one lack the permission. */
    void refuse(String action) {
        refused = action;
    }

    /** The keys are revoked when EC2 is asked for this action, in whichever region; none, and they are good again. */
    void revokeAt(String action) {
        revokedBy = action;
        revoked = false;
    }

    private void pass(Asked asked, HttpExchange exchange) throws IOException {
        var scope = SCOPE.matcher(String.valueOf(asked.header("Authorization")));
        var region = scope.find() ? scope.group(1) : "";
        var path = URI.create(asked.target()).getPath();
        boolean ec2 = asked.body().contains("Version=2016-11-15");
        revoked |= ec2 && !revokedBy.isEmpty() && asked.body().contains("Action=" + revokedBy + "&");
        if (revoked) {
            refused(exchange, ec2, ec2 ? "AuthFailure" : "InvalidClientTokenId", "The credentials are not valid");
        } else if (ec2 && region.equals(shut)) {
            denied(exchange, "with an explicit deny in a service control policy");
        } else if (ec2 && !refused.isEmpty() && asked.body().contains("Action=" + refused + "&")) {
            denied(exchange, "because no identity-based policy allows the ec2:" + refused + " action");
        } else if (path.equals(FUNCTIONS + "/") || path.equals(FUNCTIONS)) {
            FakeVendor.json(
                    exchange,
                    200,
                    """
                    {"Functions": [{"FunctionName": "open", "FunctionArn": "arn:aws:lambda:%1$s:123456789012:function:open", "Runtime": "java17"},
                                   {"FunctionName": "inner", "FunctionArn": "arn:aws:lambda:%1$s:123456789012:function:inner", "Runtime": "java17"}]}"""
                            .formatted(region));
        } else if (path.endsWith("/functions/open/urls")) {
            FakeVendor.json(
                    exchange,
                    200,
                    """
                    {"FunctionUrlConfigs": [{"FunctionUrl": "https://abcdef.lambda-url.%1$s.on.aws/", "AuthType": "NONE",
                      "FunctionArn": "arn:aws:lambda:%1$s:123456789012:function:open", "CreationTime": "2026-11-01T10:00:00Z",
                      "LastModifiedTime": "2026-11-01T10:00:00Z"}]}"""
                            .formatted(region));
        } else if (path.endsWith("/functions/inner/urls")) {
            FakeVendor.json(exchange, 200, "{\"FunctionUrlConfigs\": []}");
        } else {
            forward(asked, exchange);
        }
    }

    private static void denied(HttpExchange exchange, String why) throws IOException {
        refused(exchange, true, "UnauthorizedOperation", "You are not authorized to perform this operation, " + why);
    }

    /** As EC2 words it, or as the others do. */
    private static void refused(HttpExchange exchange, boolean ec2, String code, String why) throws IOException {
        var error = "<Error><Code>" + code + "</Code><Message>" + why + "</Message></Error>";
        var body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + (ec2
                        ? "<Response><Errors>" + error + "</Errors><RequestID>1</RequestID></Response>"
                        : "<ErrorResponse>" + error + "<RequestId>1</RequestId></ErrorResponse>");
        exchange.getResponseHeaders().add("Content-Type", "text/xml");
        exchange.getResponseHeaders().add("x-amzn-errortype", code);
        FakeVendor.send(exchange, 403, body.getBytes(StandardCharsets.UTF_8));
    }

    private void forward(Asked asked, HttpExchange exchange) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(moto + asked.target()))
                .method(asked.method(), HttpRequest.BodyPublishers.ofString(asked.body()));
        asked.headers().forEach((name, values) -> {
            if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            var reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            // JSON services name the error in a header.
            reply.headers().map().forEach((name, values) -> {
                if (name.startsWith("x-amz") || name.equals("content-type")) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            var body = reply.body().replaceAll(":cloudfront:(\\d{12}):", ":cloudfront::$1:");
            if (asked.method().equals("GET")
                    && URI.create(asked.target()).getPath().endsWith("/distribution")) {
                body = body.replace("</DomainName>", "</DomainName>" + TOLD);
            }
            if (asked.method().equals("HEAD")) {
                exchange.sendResponseHeaders(reply.statusCode(), -1);
            } else {
                FakeVendor.send(exchange, reply.statusCode(), body.getBytes(StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        front.close();
    }
}
