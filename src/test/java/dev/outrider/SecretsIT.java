package dev.outrider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.vendor.FakeVendor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret of its own in every place that takes one; then everything that Outrider says is searched for them. */
class SecretsIT {
    private static final List<String> CALLS = List.of(
            "/api/capabilities",
            "/api/integrations",
            "/api/integrations/okta",
            "/api/integrations/keyed",
            "/api/integrations/github",
            "/api/integrations/userinfo",
            "/api/integrations/okta/cursors",
            "/api/jobs",
            "/api/quotas",
            "/api/dead-letters",
            "/q/metrics",
            "/q/health",
            "/q/openapi");

    @TempDir
    Path folder;

    private final Map<String, String> planted = new TreeMap<>();

    @Test
    void tellsNoSecretWhateverGoesWrong() throws IOException {
        var mode = new AtomicReference<>("good");
        try (var vendor = new FakeVendor((asked, exchange) -> {
                    switch (mode.get()) {
                        // A vendor that says back what it was sent, as careless ones do.
                        case "refusing" ->
                            FakeVendor.json(
                                    exchange,
                                    401,
                                    "{\"errorCode\":\"E1\",\"errorSummary\":\"bad credential "
                                            + asked.header("Authorization") + " " + asked.body() + "\",\"message\":\""
                                            + asked.header("Authorization") + "\"}");
                        case "encoding" ->
                            FakeVendor.json(
                                    exchange,
                                    401,
                                    "{\"errorSummary\":\"bad " + base64("id:" + asked.header("Authorization"))
                                            + "\",\"message\":\"bad " + base64(asked.header("Authorization")) + "\"}");
                        case "broken" -> FakeVendor.json(exchange, 200, "<html>" + asked.header("Authorization"));
                        case "forbidding" ->
                            FakeVendor.json(
                                    exchange, 403, "{\"errorSummary\":\"no " + asked.header("Authorization") + "\"}");
                        default -> FakeVendor.json(exchange, 200, "[{\"id\":\"1\",\"profile\":7}]");
                    }
                });
                var outrider = new OutriderProcess(folder.resolve("data"))
                        .with("OUTRIDER_ALLOW_PRIVATE", "true")
                        .with("PLANTED_ENV", plant("env"))
                        .with("OUTRIDER_API_TOKEN", plant("api"))) {
            outrider.declaring(
                    """
                    integrations:
                      - { name: okta, class: okta, tenant: acme, schedule: manual, settings: { url: "%1$s" },
                          secrets: { token: "{{env:PLANTED_ENV}}", webhookSecret: %2$s } }
                      - { name: keyed, class: okta, tenant: acme, schedule: manual,
                          settings: { url: "%1$s", clientId: c }, secrets: { privateKey: %3$s } }
                      - { name: github, class: github, tenant: acme, schedule: manual,
                          settings: { url: "%1$s", organization: acme }, secrets: { token: %4$s, webhookSecret: %5$s } }
                      - { name: userinfo, class: okta, tenant: acme, schedule: manual,
                          settings: { url: "http://user:%6$s@127.0.0.1:9" }, secrets: { token: %7$s } }
                    """
                            .formatted(
                                    vendor.url(),
                                    plant("hook"),
                                    plant("key"),
                                    plant("token"),
                                    plant("githook"),
                                    plant("userinfo"),
                                    plant("usertoken")));
            outrider.start();
            var said = new ArrayList<String>();
            for (var how : List.of("good", "refusing", "encoding", "broken", "forbidding")) {
                mode.set(how);
                for (var name : List.of("okta", "keyed", "github", "userinfo")) {
                    said.add(call(outrider, "POST", "/api/integrations/" + name + "/jobs?wait=PT30S"));
                    said.add(call(outrider, "POST", "/api/integrations/" + name + "/validate"));
                }
            }
            for (var path : CALLS) {
                said.add(call(outrider, "GET", path));
            }
            outrider.stop();
            said.add(outrider.log());
            var records = outrider.data().resolve("records.ndjson");
            said.add(Files.exists(records) ? Files.readString(records) : "");

            assertThat(vendor.asked())
                    .as("the vendor got the token that it must get")
                    .anySatisfy(
                            asked -> assertThat(asked.header("Authorization")).contains(planted.get("env")));
            assertThat(said.toString()).as("jobs ran").contains("\"status\":\"blocked\"");
            planted.forEach((where, secret) -> assertThat(said)
                    .as("the secret planted in %s", where)
                    .noneMatch(text -> text.contains(secret) || decoded(text).contains(secret)));
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Every base64 text of an answer, read. */
    private static String decoded(String text) {
        return Pattern.compile("[A-Za-z0-9+/]{16,}")
                .matcher(text)
                .results()
                .map(found -> found.group().substring(0, found.group().length() / 4 * 4))
                .map(found -> new String(Base64.getDecoder().decode(found), StandardCharsets.UTF_8))
                .collect(Collectors.joining(" "));
    }

    private String plant(String where) {
        return planted.computeIfAbsent(where, name -> "s3cr3t-" + name + "-" + Long.toHexString(System.nanoTime()));
    }

    private String call(OutriderProcess outrider, String method, String path) {
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(outrider.url() + path))
                .header("Authorization", "Bearer " + planted.get("api"))
                .header("Content-Type", "application/json")
                .method(method, java.net.http.HttpRequest.BodyPublishers.ofString(method.equals("GET") ? "" : "{}"));
        return path + " " + outrider.send(request).body();
    }
}
