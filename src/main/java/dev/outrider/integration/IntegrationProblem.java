package dev.outrider.integration;

/**
 * An entry that cannot be used.
 *
 * @param at file and line
 * @param name the integration's name, or null where it has none
 * @param message what is wrong and what to do
 */
public record IntegrationProblem(String at, String name, String message) {
    @Override
    public String toString() {
        return at + ": " + (name == null ? "" : "integration '" + name + "': ") + message;
    }
}
