package dev.outrider.vendor.component;

import dev.outrider.vendor.http.VendorRequest;

/**
 * One request that shows whether a stream may be read.
 *
 * @param items where a good answer holds a list, a JSON pointer; {@link #ANYTHING} for any good answer
 * @param skipIf refusals that mean that this account has no such thing, as {@code 403: pattern}, separated by {@code ;}
 * @param rank what the answer must tell of the credentials
 * @param otherwise what is asked for where the vendor does not know the path; null for nothing
 */
public record Probe(VendorRequest request, String items, String skipIf, Rank rank, Probe otherwise) {
    public static final String ANYTHING = "none";

    public Probe(VendorRequest request, String items, String skipIf) {
        this(request, items, skipIf, Rank.ANY, null);
    }

    /** What is asked for, as people are told it. */
    String path() {
        return request.uri().getPath();
    }

    /**
     * A number that tells what the credentials may do; an answer without it is taken as it is.
     *
     * @param at a JSON pointer; empty for none
     * @param least with less nothing can be read
     * @param whole with less not everything can be
     */
    public record Rank(String at, long least, long whole) {
        public static final Rank ANY = new Rank("", 0, 0);
    }
}
