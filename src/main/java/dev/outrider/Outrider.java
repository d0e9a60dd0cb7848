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
        if (unset("OUTRIDER_API_TOKEN")
                && unset("QUARKUS_HTTP_HOST")
                && System.getProperty("quarkus.http.host") == null) {
            // Nobody said who may ask: only this machine can.
            System.setProperty("quarkus.http.host", "127.0.0.1");
        }
        Quarkus.run(Outrider.class, args);
    }

    private static boolean unset(String variable) {
        var value = System.getenv(variable);
        return value == null || value.isBlank();
    }

    @Override
    public int run(String... args) {
        return new CommandLine(Commands.class, factory).execute(args);
    }
}
