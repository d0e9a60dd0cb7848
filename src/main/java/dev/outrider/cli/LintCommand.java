package dev.outrider.cli;

import dev.outrider.lint.RouteLint;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lint [folder]}: looks over the routes and exits with 1 where something is wrong. */
@Dependent
@Unremovable
@Command(
        name = "lint",
        description = "Looks over a routes folder without running it. Exit code: 0 nothing wrong, 1 something is.",
        mixinStandardHelpOptions = true)
public class LintCommand implements Callable<Integer> {
    private final Path configured;

    @Parameters(arity = "0..1", paramLabel = "<folder>", description = "the routes folder; default: OUTRIDER_ROUTES")
    Path folder;

    @Inject
    public LintCommand(@ConfigProperty(name = "outrider.routes", defaultValue = "routes") Path configured) {
        this.configured = configured;
    }

    @Override
    public Integer call() throws IOException {
        var routes = folder == null ? configured : folder;
        if (!Files.isDirectory(routes)) {
            System.err.println("there is no folder " + routes);
            return 1;
        }
        var wrong = RouteLint.check(routes);
        wrong.forEach(System.out::println);
        System.out.println(wrong.isEmpty() ? "nothing wrong" : wrong.size() + " things are wrong");
        return wrong.isEmpty() ? 0 : 1;
    }
}
