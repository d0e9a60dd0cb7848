package dev.outrider.integration;

/** A secret's reference leads to no value; names the integration and the secret, never a value. */
public class SecretException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    SecretException(String message) {
        super(message);
    }
}
