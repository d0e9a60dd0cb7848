package dev.outrider.vendor.component;

import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.paging.PageSpec;
import java.util.Optional;

/** A step of a stream's route that knows by which request the stream can be tried. */
public interface Probing {
    /** What it lacks to be tried; empty where nothing. */
    Optional<String> unprobed();

    /**
     * The request, made for one integration. It begins nothing at the vendor and asks for as little as the vendor's API allows.
     *
     * @param common what the class's listings have in common
     */
    Probe probe(VendorClient client, PageSpec common);
}
