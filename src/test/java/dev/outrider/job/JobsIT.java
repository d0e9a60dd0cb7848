package dev.outrider.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.OutriderProcess;
import dev.outrider.RoutesCopy;
import dev.outrider.Scans;
import dev.outrider.bench.ScanGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsIT {
    @TempDir
    Path folder;

    private OutriderProcess outrider;

    @BeforeEach
    void prepare() {
        outrider = new OutriderProcess(folder.resolve("data"));
    }

    @AfterEach
    void stop() {
        outrider.close();
    }

    @Test
    void reportsWhatBecameOfEveryItem() {
        outrider.declaring(manual("scans")).start();
        Scans.drop(outrider.inbox(), "a.nessus", Scans.one("a.example.com", "192.0.2.1"));

        var report = outrider.job("scans");

        assertThat(report.path("status").asText()).as(report.toPrettyString()).isEqualTo("complete");
        assertThat(report.path("verification").path("received_equals_accounted").asBoolean())
                .isTrue();
        assertThat(report.path("verification").path("credentials").asText()).isEqualTo("valid");
        var stream = report.path("streams").get(0);
        assertThat(stream.path("name").asText()).isEqualTo("files");
        assertThat(stream.path("complete").asBoolean()).isTrue();
        assertThat(stream.path("received").asInt()).isEqualTo(3);
        assertThat(stream.path("emitted").asInt() + stream.path("dropped").asInt())
                .isEqualTo(3);
        var stored = OutriderProcess.parse(
                outrider.get("/api/jobs/" + report.path("job").asText()).body());
        assertThat(stored).isEqualTo(report);
    }

    @Test
    void readsATableOfAnyMakerByTheMapInTheSettings() throws IOException {
        outrider.declaring(
                        """
                        integrations:
                          - name: tables
                            class: nessus
                            tenant: acme
                            settings:
                              columns: { ip: "IP Address", port: Port, title: [Title, Finding], severity: Sev, cve: "CVE?" }
                              severities: { P1: critical }
                          - { name: wrong, class: nessus, tenant: acme, settings: { columns: { adress: IP } } }
                        """)
                .start();
        var inbox = Files.createDirectories(outrider.inbox());
        Files.writeString(
                inbox.resolve("a.csv"), "IP Address;Port;Finding;Sev\n192.0.2.1;443;Weak cipher;P1\n192.0.2.2;;;\n");
        Files.writeString(inbox.resolve("b.csv"), "Address,Port\n192.0.2.3,80\n");

        var report = outrider.job("tables");

        assertThat(report.path("errors").toString())
                .contains("file.columns", "b.csv", "'IP Address' (columns.ip)", "it has: Address, Port");
        assertThat(report.path("errors")).hasSize(1);
        var kinds = new ArrayList<String>();
        outrider.records()
                .forEach(record -> kinds.add(record.path("data").path("kind").asText()));
        assertThat(kinds).containsExactlyInAnyOrder("asset", "port", "risk", "asset");
        assertThat(outrider.records().toString())
                .contains("#risk#192.0.2.1#weak-cipher")
                .contains("\"status\":\"TC\"");
        assertThat(outrider.post("/api/integrations/wrong/validate", "").body()).contains("adress");
    }

    @Test
    void countsDeadLettersInTheMetricsAsSoonAsThereAreSome() throws IOException {
        outrider.declaring(manual("scans")).start();
        Files.writeString(outrider.inbox().resolve("a.nessus"), "<NessusClientData_v2><Report");
        assertThat(outrider.get("/q/metrics").body()).contains("outrider_dead_letters 0.0");

        outrider.job("scans");

        assertThat(outrider.get("/q/metrics").body()).contains("outrider_dead_letters 1.0");
    }

    @Test
    void runsOnAnIntervalAndOnACronExpressionButNotWhenManual() {
        outrider.declaring(
                        """
                        integrations:
                          - { name: interval, class: nessus, tenant: acme, schedule: 1s, settings: { folder: "%1$s/i" } }
                          - { name: cron, class: nessus, tenant: acme, schedule: "* * * * * ?", settings: { folder: "%1$s/c" } }
                          - { name: manual, class: nessus, tenant: acme, settings: { folder: "%1$s/m" } }
                        """
                                .formatted(folder))
                .start();
        for (var name : new String[] {"i", "c", "m"}) {
            Scans.drop(folder.resolve(name), "a.nessus", Scans.one(name + ".example.com", "192.0.2.1"));
        }

        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            var all = outrider.records().toString();
            return all.contains("i.example.com") && all.contains("c.example.com");
        });
        assertThat(outrider.records().toString()).doesNotContain("m.example.com");
        assertThat(jobs("manual")).isEmpty();
    }

    @Test
    void answersAtOnceWithoutWaitAndSaysWhereTheJobIs() throws IOException {
        slow();

        var answer = outrider.post("/api/integrations/scans/jobs", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        var location = answer.headers().firstValue("Location").orElseThrow();
        var path = location.substring(location.indexOf("/api/"));
        assertThat(OutriderProcess.parse(outrider.get(path).body())
                        .path("status")
                        .asText())
                .isIn("running", "queued");
    }

    @Test
    void neverRunsTwoJobsOfOneIntegrationAtOnce() throws IOException {
        slow();

        var answers = new ArrayList<CompletableFuture<JsonNode>>();
        for (int i = 0; i < 6; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> OutriderProcess.parse(
                    outrider.post("/api/integrations/scans/jobs", "").body())));
        }
        var ids = new HashSet<String>();
        answers.forEach(answer -> ids.add(answer.join().path("job").asText()));

        // One runs, the others share the one that waits.
        assertThat(ids).hasSize(2);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> count("running") == 1);
        assertThat(count("queued")).isLessThanOrEqualTo(1);
    }

    @Test
    void cancelsAtAPageBoundaryAndGoesOnLater() throws IOException {
        slow();
        var id = OutriderProcess.parse(
                        outrider.post("/api/integrations/scans/jobs", "").body())
                .path("job")
                .asText();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> outrider.records().size() > 10);

        assertThat(outrider.delete("/api/jobs/" + id).statusCode()).isEqualTo(202);

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> report(id).path("status").asText().equals("needs_review"));
        var cancelled = report(id);
        assertThat(cancelled.path("errors").findValuesAsText("code")).contains("job.cancelled");
        long before = cancelled.path("streams").get(0).path("received").asLong();
        var rest = outrider.job("scans");
        assertThat(rest.path("status").asText()).as(rest.toPrettyString()).isEqualTo("complete");
        assertThat(before + rest.path("streams").get(0).path("received").asLong())
                .isEqualTo(40 * 61);
    }

    @Test
    void doesNotAnswerWithAWaitingJobThatWasCancelled() throws IOException {
        slow();
        outrider.post("/api/integrations/scans/jobs", "");
        var waiting = OutriderProcess.parse(
                        outrider.post("/api/integrations/scans/jobs", "").body())
                .path("job")
                .asText();

        outrider.delete("/api/jobs/" + waiting);

        assertThat(report(waiting).path("status").asText()).isEqualTo("needs_review");
        assertThat(OutriderProcess.parse(outrider.post("/api/integrations/scans/jobs", "")
                                .body())
                        .path("job")
                        .asText())
                .isNotEqualTo(waiting);
    }

    @Test
    void blocksWhenASecretLeadsToNoValue() {
        outrider.declaring(
                        """
                        integrations:
                          - name: scans
                            class: nessus
                            tenant: acme
                            settings: { bucket: some-bucket }
                            secrets: { accessKeyId: "{{env:OUTRIDER_TEST_UNSET}}", secretAccessKey: x-y-z-1 }
                        """)
                .start();

        var report = outrider.job("scans");

        assertThat(report.path("status").asText()).as(report.toPrettyString()).isEqualTo("blocked");
        assertThat(report.path("errors").toString()).contains("accessKeyId").contains("OUTRIDER_TEST_UNSET");
        assertThat(outrider.post("/api/integrations/scans/validate", "").body()).contains("\"valid\":false");
    }

    @Test
    void stopsWithinSecondsAndLosesNothing() throws IOException {
        slow();
        outrider.post("/api/integrations/scans/jobs", "");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> outrider.records().size() > 10);

        assertThat(outrider.stop()).isLessThan(Duration.ofSeconds(15));

        outrider.start();
        var rest = outrider.job("scans");
        assertThat(rest.path("status").asText()).as(rest.toPrettyString()).isEqualTo("complete");
        assertThat(outrider.records().stream().map(record -> record.path("id").asText()))
                .doesNotHaveDuplicates();
    }

    @Test
    void settlesTheJobThatAKillInterrupted() throws IOException {
        slow();
        var id = OutriderProcess.parse(
                        outrider.post("/api/integrations/scans/jobs", "").body())
                .path("job")
                .asText();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> outrider.records().size() > 10);
        outrider.kill();

        outrider.start();

        assertThat(report(id).path("status").asText()).isEqualTo("needs_review");
        assertThat(report(id).path("errors").findValuesAsText("code")).containsExactly("job.interrupted");
    }

    @Test
    void blocksOnSettingsThatTheClassDoesNotKnow() {
        outrider.declaring(
                        """
                        integrations:
                          - name: scans
                            class: nessus
                            tenant: acme
                            settings: { folder: /tmp, quietSecs: soon, foldr: x }
                        """)
                .start();

        var report = outrider.job("scans");

        assertThat(report.path("status").asText()).isEqualTo("blocked");
        assertThat(report.path("errors").toString())
                .contains("integrations.yaml:2")
                .contains("settings.quietSecs")
                .contains("foldr");
        assertThat(report.path("handoff").path("action").asText()).isEqualTo("fix_configuration");
    }

    @Test
    void blocksWhenValidationFailsAndReadsNothing() {
        outrider.declaring(
                        """
                        integrations:
                          - { name: scans, class: nessus, tenant: acme, settings: { folder: "%s/missing" } }
                        """
                                .formatted(folder))
                .start();

        var report = outrider.job("scans");

        assertThat(report.path("status").asText()).isEqualTo("blocked");
        assertThat(report.path("verification").path("credentials").asText()).isEqualTo("unchecked");
        assertThat(report.path("streams")).isEmpty();
        assertThat(report.path("errors").toString()).contains("missing");
    }

    @Test
    void matchesAClassByItsWholeNameOnly() {
        outrider.declaring(
                        """
                        integrations:
                          - { name: longer, class: nessus-import, tenant: acme }
                          - { name: shorter, class: ness, tenant: acme }
                        """)
                .start();

        for (var name : new String[] {"longer", "shorter"}) {
            var report = outrider.job(name);
            assertThat(report.path("status").asText()).isEqualTo("blocked");
            assertThat(report.path("errors").findValuesAsText("code")).containsExactly("capability.unknown");
        }
    }

    /** Two thousand items, an item a page: long enough to be met while it runs. */
    private void slow() throws IOException {
        var routes = RoutesCopy.in(folder.resolve("routes"))
                .change("nessus/nessus.yaml", "to: files:pages\n", "to: files:pages?pageItems=2\n");
        outrider.with("OUTRIDER_ROUTES", routes.folder().toString())
                .declaring(manual("scans"))
                .start();
        ScanGenerator.byHosts(outrider.inbox().resolve("slow.nessus"), 7, 40, 60);
    }

    private static String manual(String name) {
        return "integrations:\n  - { name: %s, class: nessus, tenant: acme }\n".formatted(name);
    }

    private JsonNode report(String id) {
        return OutriderProcess.parse(outrider.get("/api/jobs/" + id).body());
    }

    private JsonNode jobs(String integration) {
        return OutriderProcess.parse(
                        outrider.get("/api/jobs?integration=" + integration).body())
                .path("jobs");
    }

    private long count(String status) {
        return jobs("scans").findValuesAsText("status").stream()
                .filter(status::equals)
                .count();
    }
}
