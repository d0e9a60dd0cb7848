package dev.outrider.vendor.auth;

/** The ways to fetch an access token. */
enum TokenKind {
    APP,
    PRIVATE_KEY_JWT,
    JWT_BEARER,
    CLIENT_SECRET
}
