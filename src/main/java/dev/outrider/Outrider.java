package dev.outrider;

import dev.outrider.cli.Commands;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;
import picocli.CommandLine;

/** The process: no arguments serve, anything else is a tool that opens no port. */
@QuarkusMain
public class Outrider implements QuarkusApplication {
    private final CommandLine.IFactory factory;

    @Inject
    public Outrider(CommandLine.IFactory factory) {
        this.factory = factory;
    }

    public static void main(String... args) {
        if (args.length > 0) {
            System.setProperty("quarkus.http.host-enabled", "false");
            // What a tool prints is for programs to read; what it logs goes beside it.
            System.setProperty("quarkus.log.console.stderr", "true");
            System.setProperty("quarkus.log.level", "WARN");
        }
        Quarkus.run(Outrider.class, args);
    }

    @Override
    public int run(String... args) {
        return new CommandLine(Commands.class, factory).execute(args);
    }
}
