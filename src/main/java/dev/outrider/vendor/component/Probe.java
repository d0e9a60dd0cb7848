package dev.outrider.vendor.component;

import dev.outrider.vendor.http.VendorRequest;

/**
 * One request that shows whether a stream may be read.
 *
 * @param path what is asked for, with its placeholders, as people are told it
 * @param items where a good answer holds a list, a JSON pointer; {@link #ANYTHING} for any good answer
 * @param skipIf refusals that mean that this account has no such thing, as {@code 403: pattern}, separated by {@code ;}
 */
public record Probe(String path, VendorRequest request, String items, String skipIf) {
    public static final String ANYTHING = "none";
}
