package dev.outrider.store;

/** What stored progress belongs to: exactly one stream of one integration of one tenant. */
public record StreamKey(String tenant, String integration, String stream) {
    /** The stream that an integration's deliveries belong to. */
    public static final String DELIVERIES = "deliveries";

    /** The integration's deliveries. */
    public StreamKey deliveries() {
        return new StreamKey(tenant, integration, DELIVERIES);
    }

    @Override
    public String toString() {
        return tenant + "/" + integration + "/" + stream;
    }
}
