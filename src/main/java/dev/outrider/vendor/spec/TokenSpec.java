package dev.outrider.vendor.spec;

/** How an access token is fetched. What is not set has the value that the scheme usually has. */
public class TokenSpec {
    private String secret = "";
    private String tokenUrl = "";
    private String clientId = "{clientId}";
    private String subject = "";
    private String issuer = "";
    private String audience = "";
    private String keyId = "{keyId}";
    private String scope = "";
    private String parameters = "";
    private String clientAuth = "form";
    private int assertionSecs = 300;
    private String token = "/access_token";
    private String format = "Bearer {token}";
    private String baseUrl = "";
    private String baseUrlRules = "";
    private boolean dpop = false;

    public String getSecret() {
        return secret;
    }

    /** The secret that proves who we are; by default {@code clientSecret} of client credentials and {@code privateKey} of all else. */
    public void setSecret(String secret) {
        this.secret = secret;
    }

    public String getTokenUrl() {
        return tokenUrl;
    }

    /** Where the token is fetched. */
    public void setTokenUrl(String tokenUrl) {
        this.tokenUrl = tokenUrl;
    }

    public String getClientId() {
        return clientId;
    }

    /** The client: a setting or a secret in braces. */
    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    public String getSubject() {
        return subject;
    }

    /** Claim {@code sub}; without it the client id. */
    public void setSubject(String subject) {
        this.subject = subject;
    }

    public String getIssuer() {
        return issuer;
    }

    /** Claim {@code iss}; without it the client id. */
    public void setIssuer(String issuer) {
        this.issuer = issuer;
    }

    public String getAudience() {
        return audience;
    }

    /** Claim {@code aud}; without it the token URL. Lines {@code pattern => audience} make it of the base URL, as {@code urlRules} do. */
    public void setAudience(String audience) {
        this.audience = audience;
    }

    public String getKeyId() {
        return keyId;
    }

    /** Header {@code kid}; left out where it comes out empty, as where there is no setting {@code keyId}. */
    public void setKeyId(String keyId) {
        this.keyId = keyId;
    }

    public String getScope() {
        return scope;
    }

    /** Scopes, separated by blanks. */
    public void setScope(String scope) {
        this.scope = scope;
    }

    public String getParameters() {
        return parameters;
    }

    /** More form fields of the token request, a line each as {@code name: value}. */
    public void setParameters(String parameters) {
        this.parameters = parameters;
    }

    public String getClientAuth() {
        return clientAuth;
    }

    /** Where the client secret goes: {@code form} or {@code basic}. */
    public void setClientAuth(String clientAuth) {
        this.clientAuth = clientAuth;
    }

    public int getAssertionSecs() {
        return assertionSecs;
    }

    /** How long a signed JWT is valid. */
    public void setAssertionSecs(int assertionSecs) {
        this.assertionSecs = assertionSecs;
    }

    public String getToken() {
        return token;
    }

    /** Where the reply holds the token, as a JSON pointer. */
    public void setToken(String token) {
        this.token = token;
    }

    public String getFormat() {
        return format;
    }

    /** The {@code Authorization} header of requests. */
    public void setFormat(String format) {
        this.format = format;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    /** Where the reply names the address to call from then on, as a JSON pointer or {@code header:Name}; empty where the base URL stays. */
    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public String getBaseUrlRules() {
        return baseUrlRules;
    }

    /** What makes an address of what it names there, a region for instance, a line each as {@code pattern => address}; what no pattern matches leads nowhere. */
    public void setBaseUrlRules(String baseUrlRules) {
        this.baseUrlRules = baseUrlRules;
    }

    public boolean isDpop() {
        return dpop;
    }

    /** Whether the vendor may ask for proof of possession (RFC 9449); it is used when it does. */
    public void setDpop(boolean dpop) {
        this.dpop = dpop;
    }
}
