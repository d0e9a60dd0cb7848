package dev.outrider.vendor;

/** Where the route of a class's stream begins, as the vendor's components see it. */
public interface VendorStream {
    /** The class. */
    String capability();

    /** The stream's name; null where the route is of no stream. */
    String stream();

    /** What to grant where the vendor refuses the stream, in the vendor's own words; empty where nothing is known. */
    String getPermission();
}
