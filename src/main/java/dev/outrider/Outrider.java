package dev.outrider;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

@QuarkusMain
public final class Outrider {
    private Outrider() {}

    public static void main(String... args) {
        Quarkus.run(args);
    }
}
