package dev.outrider.integration;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * Turns secret references into secrets at the moment of use, by Camel's property functions ({@code {{env:X}}}, {@code {{secret:…}}}, a
 * vault), so that a rotated secret is picked up and none is kept.
 */
@ApplicationScoped
@Unremovable
public class Secrets {
    private static final String WEBHOOK = "webhookSecret";

    private final CamelContext camel;

    @Inject
    public Secrets(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * The secret, or empty where the integration declares none of that name.
     *
     * @throws SecretException naming the integration and the secret, never its value, where the reference leads nowhere
     */
    public Optional<String> of(Integration integration, String name) {
        var reference = integration.secrets().get(name);
        if (reference == null || reference.isBlank()) {
            return Optional.empty();
        }
        if (!reference.contains("{{")) {
            return Optional.of(reference.strip());
        }
        String value;
        try {
            value = camel.resolvePropertyPlaceholders(reference);
        } catch (RuntimeException e) {
            // Camel's message may hold part of the resolved text, so neither it nor the cause goes on.
            throw unresolved(integration, name, reference);
        }
        if (value == null || value.isBlank()) {
            throw unresolved(integration, name, reference);
        }
        // A file's last line feed is no part of what the file holds.
        return Optional.of(value.strip());
    }

    /** The webhook secrets that are valid: several, separated by commas or lines, while one is rotated. */
    public List<String> webhook(Integration integration) {
        return of(integration, WEBHOOK).stream()
                .flatMap(all -> Stream.of(all.split("[\\r\\n,]")))
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .toList();
    }

    private static SecretException unresolved(Integration integration, String name, String reference) {
        var shown = reference.matches("\\{\\{[^{}]*}}") ? reference : "its reference";
        return new SecretException("integration " + integration.name() + ": secret '" + name + "': " + shown
                + " leads to no value: set it where the process runs");
    }
}
