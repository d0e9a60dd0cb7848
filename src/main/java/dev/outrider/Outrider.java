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
    private static final String STATE_URL = "OUTRIDER_STATE_URL";

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
        if (!unset(STATE_URL) && !System.getenv(STATE_URL).startsWith("jdbc:postgresql:")) {
            // Before anybody tries it: what others say of it shows a password that stands in it.
            System.err.println(STATE_URL + " must begin with jdbc:postgresql:, as in"
                    + " jdbc:postgresql://db.example.com/outrider; user and password have settings of their own");
            System.exit(2);
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
