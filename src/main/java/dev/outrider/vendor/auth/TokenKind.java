package dev.outrider.vendor.auth;

import dev.outrider.vendor.spec.TokenSpec;

/** How we prove who we are when we fetch a token. */
enum TokenKind {
    APP("privateKey"),
    PRIVATE_KEY_JWT("privateKey"),
    JWT_BEARER("privateKey"),
    CLIENT_SECRET("clientSecret");

    private final String usual;

    TokenKind(String usual) {
        this.usual = usual;
    }

    /** The name of the secret that proves it. */
    String secret(TokenSpec spec) {
        return spec.getSecret().isEmpty() ? usual : spec.getSecret();
    }
}
