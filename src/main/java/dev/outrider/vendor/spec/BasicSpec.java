package dev.outrider.vendor.spec;

/** HTTP basic authentication. */
public class BasicSpec {
    private String user = "{username}";
    private String secret = "password";

    public String getUser() {
        return user;
    }

    /** The user: a setting or a secret in braces. */
    public void setUser(String user) {
        this.user = user;
    }

    public String getSecret() {
        return secret;
    }

    /** The secret that is the password; empty for none. */
    public void setSecret(String secret) {
        this.secret = secret;
    }
}
