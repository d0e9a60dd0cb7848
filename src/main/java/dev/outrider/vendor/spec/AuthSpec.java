package dev.outrider.vendor.spec;

/** The ways in that a class has, each a property of its own. An integration uses the first, in the order here, whose secrets it declares. */
public class AuthSpec {
    private TokenSpec app;
    private TokenSpec privateKeyJwt;
    private TokenSpec jwtBearer;
    private TokenSpec clientCredentials;
    private BasicSpec basic;
    private HeaderSpec header;

    public TokenSpec getApp() {
        return app;
    }

    /** A signed JWT fetches a token for an installation, as GitHub Apps do. */
    public void setApp(TokenSpec app) {
        this.app = app;
    }

    public TokenSpec getPrivateKeyJwt() {
        return privateKeyJwt;
    }

    /** OAuth 2.0 client credentials where a signed JWT is the client's proof (RFC 7523, 2.2). */
    public void setPrivateKeyJwt(TokenSpec privateKeyJwt) {
        this.privateKeyJwt = privateKeyJwt;
    }

    public TokenSpec getJwtBearer() {
        return jwtBearer;
    }

    /** A signed JWT is exchanged for a token (RFC 7523, 2.1). */
    public void setJwtBearer(TokenSpec jwtBearer) {
        this.jwtBearer = jwtBearer;
    }

    public TokenSpec getClientCredentials() {
        return clientCredentials;
    }

    /** OAuth 2.0 client credentials with a client secret. */
    public void setClientCredentials(TokenSpec clientCredentials) {
        this.clientCredentials = clientCredentials;
    }

    public BasicSpec getBasic() {
        return basic;
    }

    /** User and password. */
    public void setBasic(BasicSpec basic) {
        this.basic = basic;
    }

    public HeaderSpec getHeader() {
        return header;
    }

    /** A secret in a header. */
    public void setHeader(HeaderSpec header) {
        this.header = header;
    }
}
