package dev.outrider.store;

/** What stored progress belongs to: exactly one stream of one integration of one tenant. */
public record StreamKey(String tenant, String integration, String stream) {
    @Override
    public String toString() {
        return tenant + "/" + integration + "/" + stream;
    }
}
