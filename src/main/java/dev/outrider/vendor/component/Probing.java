package dev.outrider.vendor.component;

import dev.outrider.vendor.VendorClass;
import dev.outrider.vendor.http.VendorClient;
import java.util.Optional;

/** A step of a stream's route that knows by which request the stream can be tried. */
public interface Probing {
    /**
     * Looks whether what the route says makes sense together with what its class declares.
     *
     * @throws IllegalArgumentException naming the first parameter that makes none
     */
    void check(VendorClass declared);

    /** What it lacks to be tried; empty where nothing. */
    Optional<String> unprobed(VendorClass declared);

    /** Where one of the listed objects is had, with {@code {externalId}} for its id; empty where that does not follow from the listing. */
    default Optional<String> object(VendorClass declared) {
        return Optional.empty();
    }

    /**
     * The request, made for one integration. It begins nothing at the vendor and asks for as little as the vendor's API allows.
     *
     * @param declared what the class declares, and so what its listings and exports have in common
     */
    Probe probe(VendorClient client, VendorClass declared);
}
