package dev.outrider.vendor.http;

/** In whose name a call is made. */
public enum SignIn {
    /** The integration's account, as every listing is. */
    ACCOUNT,
    /** The app itself, beyond the account that it is installed in: for what belongs to no account, such as the app's own webhook. */
    APP,
    /** Nobody: the address itself is the permission, so no credential goes with it and no allowance is used. */
    NOBODY
}
