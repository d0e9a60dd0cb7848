package dev.outrider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.OutriderProcess;
import dev.outrider.Scans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandIT {
    @TempDir
    Path folder;

    @Test
    void printsTheReportAndExits0WhenComplete() {
        var outrider = outrider();
        Scans.drop(outrider.inbox(), "a.nessus", Scans.one("a.example.com", "192.0.2.1"));

        var tool = outrider.tool("run", "scans");

        assertThat(tool.exitCode()).as(tool.output() + tool.errors()).isZero();
        assertThat(tool.json().path("status").asText()).isEqualTo("complete");
        assertThat(outrider.records()).isNotEmpty();
    }

    @Test
    void exits1WhenSomebodyShouldLook() {
        var outrider = outrider();
        Scans.drop(outrider.inbox(), "a.nessus", "not a scan");

        var tool = outrider.tool("run", "scans");

        assertThat(tool.exitCode()).isEqualTo(1);
        assertThat(tool.json().path("status").asText()).isEqualTo("needs_review");
        assertThat(tool.json().path("handoff").path("action").asText()).isEqualTo("review_dead_letters");
    }

    @Test
    void exits2WhenBlocked() {
        var outrider = new OutriderProcess(folder.resolve("data"))
                .declaring(
                        """
                        integrations:
                          - { name: scans, class: nosuch, tenant: acme }
                        """);

        assertThat(outrider.tool("run", "scans").exitCode()).isEqualTo(2);
    }

    @Test
    void exits2AndSaysWhatThereIsWhenTheNameIsWrong() {
        var tool = outrider().tool("run", "scan");

        assertThat(tool.exitCode()).isEqualTo(2);
        assertThat(tool.errors()).contains("no integration is named 'scan'").contains("scans");
        assertThat(tool.output()).isEmpty();
    }

    @Test
    void refusesADataFolderThatAServerHolds() {
        try (var server = outrider().start()) {
            var tool = outrider().tool("run", "scans");

            assertThat(tool.exitCode()).isEqualTo(2);
            assertThat(tool.errors()).contains("another Outrider works in");
            assertThat(server.alive()).isTrue();
        }
    }

    @Test
    void collectsOnlyWhatTheEventNames() throws IOException {
        var outrider = outrider();
        Scans.drop(outrider.inbox(), "a.nessus", Scans.one("a.example.com", "192.0.2.1"));
        Scans.drop(outrider.inbox(), "b.nessus", Scans.one("b.example.com", "192.0.2.2"));
        var event = Files.writeString(folder.resolve("event.json"), "{\"files\": [\"b.nessus\"]}");

        var tool = outrider.tool("run", "scans", "--event", event.toString());

        assertThat(tool.exitCode()).as(tool.output() + tool.errors()).isZero();
        assertThat(outrider.records().toString()).contains("b.example.com").doesNotContain("a.example.com");
    }

    @Test
    void refusesAnEventThatNamesNothingAndTellsWhatIsNotDue() throws IOException {
        var outrider = outrider();
        Scans.drop(outrider.inbox(), "a.nessus", Scans.one("a.example.com", "192.0.2.1"));
        var unknown = Files.writeString(folder.resolve("unknown.json"), "{\"x\": 1}");
        var elsewhere = Files.writeString(folder.resolve("elsewhere.json"), "{\"files\": [\"../../etc/passwd\"]}");

        assertThat(outrider.tool("run", "scans", "--event", unknown.toString()).exitCode())
                .isEqualTo(2);
        var tool = outrider.tool("run", "scans", "--event", elsewhere.toString());

        assertThat(tool.exitCode()).isEqualTo(1);
        assertThat(tool.output()).contains("event.not_due").contains("../../etc/passwd");
        assertThat(outrider.records()).isEmpty();
    }

    private OutriderProcess outrider() {
        return new OutriderProcess(folder.resolve("data"))
                .declaring(
                        """
                        integrations:
                          - { name: scans, class: nessus, tenant: acme }
                        """);
    }
}
