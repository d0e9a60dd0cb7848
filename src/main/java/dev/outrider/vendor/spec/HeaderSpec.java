package dev.outrider.vendor.spec;

/** A secret sent as it is in a header. */
public class HeaderSpec {
    private String secret = "token";
    private String name = "Authorization";
    private String format = "Bearer {token}";

    public String getSecret() {
        return secret;
    }

    /** The secret's name; several with commas for a {@code format} that takes more than one. */
    public void setSecret(String secret) {
        this.secret = secret;
    }

    public String getName() {
        return name;
    }

    /** The header. */
    public void setName(String name) {
        this.name = name;
    }

    public String getFormat() {
        return format;
    }

    /** The header's value, with the secrets by name. */
    public void setFormat(String format) {
        this.format = format;
    }
}
