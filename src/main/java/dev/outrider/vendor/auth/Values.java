package dev.outrider.vendor.auth;

import dev.outrider.vendor.http.Template;
import java.util.Optional;
import java.util.function.Function;

/**
 * An integration's settings and secrets by name, read when they are used.
 *
 * @param settings a setting's text, or null; {@code url} is the base URL
 * @param secrets a secret, or empty where the integration declares none
 */
public record Values(Function<String, String> settings, Function<String, Optional<String>> secrets) {
    /** Fills {@code {name}} by settings, then by secrets. */
    public String fill(String text) {
        return Template.fill(text, this::value);
    }

    /** The same, but a name without a value is left out. */
    public String fillOptional(String text) {
        return Template.fill(text, name -> {
            var value = value(name);
            return value == null ? "" : value;
        });
    }

    public String secret(String name) {
        return secrets.apply(name)
                .orElseThrow(() -> new IllegalStateException("the secret '" + name + "' is not declared"));
    }

    private String value(String name) {
        var setting = settings.apply(name);
        return setting != null ? setting : secrets.apply(name).orElse(null);
    }
}
