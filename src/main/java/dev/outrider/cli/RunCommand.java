package dev.outrider.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.job.JobRequest;
import dev.outrider.job.JobRunner;
import dev.outrider.job.Lifecycle;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run <integration>}: one job in this process; the report on standard output, its status as the exit code. */
@Dependent
@Unremovable
@Command(
        name = "run",
        description = "Runs one job and prints its report. Exit code: 0 complete, 1 needs review, 2 blocked.",
        mixinStandardHelpOptions = true)
public class RunCommand implements Callable<Integer> {
    private static final int BLOCKED = 2;
    private static final List<String> KNOWN = List.of("streams", "full", "files", "Records", "detail");

    private final Lifecycle lifecycle;
    private final IntegrationRegistry integrations;
    private final JobRunner jobs;
    private final ObjectMapper json;

    @Parameters(index = "0", paramLabel = "<integration>", description = "the name of a declared integration")
    String integration;

    @Option(
            names = "--event",
            paramLabel = "event.json",
            description =
                    "what to collect: {\"streams\":[…],\"full\":true}, {\"files\":[…]}, or an S3 or EventBridge notification")
    Path event;

    @Inject
    public RunCommand(Lifecycle lifecycle, IntegrationRegistry integrations, JobRunner jobs, ObjectMapper json) {
        this.lifecycle = lifecycle;
        this.integrations = integrations;
        this.jobs = jobs;
        this.json = json;
    }

    @Override
    public Integer call() throws Exception {
        JobRequest request;
        try {
            request = event == null ? JobRequest.ALL : request(read());
            lifecycle.prepare();
        } catch (IOException | RuntimeException e) {
            return refuse(e.getMessage());
        }
        var found = integrations.find(integration);
        if (found.isEmpty()) {
            var problem = integrations.problems().stream()
                    .filter(p -> integration.equals(p.name()) || p.name() == null)
                    .findFirst();
            return refuse(
                    problem.isPresent()
                            ? problem.get().toString()
                            : "no integration is named '" + integration + "'; there are "
                                    + integrations.all().stream()
                                            .map(one -> one.name())
                                            .toList());
        }
        var report = jobs.submit(found.get(), request).done().get();
        System.out.println(json.writerWithDefaultPrettyPrinter().writeValueAsString(report));
        return report.exitCode();
    }

    private JsonNode read() throws IOException {
        JsonNode read;
        try {
            read = json.readTree(Files.readString(event));
        } catch (JsonProcessingException e) {
            throw new IOException(event + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IOException("the event file " + event + " cannot be read", e);
        }
        if (KNOWN.stream().noneMatch(read::has)) {
            throw new IOException(event + " is no event that is known: it has none of " + KNOWN);
        }
        return read;
    }

    /** The same fields as the body of a job request; anything else names what to collect. */
    private static JobRequest request(JsonNode event) {
        var streams = new ArrayList<String>();
        event.path("streams").forEach(stream -> streams.add(stream.asText()));
        boolean names = event.has("Records") || event.has("detail") || event.has("files");
        return new JobRequest(streams, event.path("full").asBoolean(false), names ? event : null);
    }

    private static int refuse(String message) {
        System.err.println(message);
        return BLOCKED;
    }
}
