package dev.outrider.cli;

import dev.outrider.job.Lifecycle;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;
import picocli.CommandLine.Command;

/** Without a subcommand: serve until stopped. */
@Dependent
@Unremovable
@Command(
        name = "outrider",
        description =
                "Runs the declared integrations and serves the API. With a subcommand: one task, without a server.",
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class, LintCommand.class})
public class Commands implements Callable<Integer> {
    private static final Logger LOG = Logger.getLogger(Commands.class);

    private final Lifecycle lifecycle;

    @Inject
    public Commands(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public Integer call() {
        try {
            lifecycle.serve();
        } catch (RuntimeException e) {
            LOG.error(e.getMessage());
            return 2;
        }
        Quarkus.waitForExit();
        return 0;
    }
}
