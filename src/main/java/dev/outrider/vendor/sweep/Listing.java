package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.vendor.paging.PageSpec;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One listing as a route asks for it.
 *
 * @param path below the base URL, with placeholders
 * @param query parameters of every first page
 * @param since more of them, for a run that has a time to begin from, as {@code {since}} (ISO 8601), {@code {sinceSecs}} or
 *     {@code {sinceMillis}}
 * @param headers of every request
 * @param stamps texts that every object gets, by the name of their fields
 * @param brought which of its objects come with the vendor's events too
 */
public record Listing(
        String path,
        PageSpec spec,
        Map<String, String> query,
        Map<String, String> since,
        Map<String, String> headers,
        Map<String, String> stamps,
        Optional<Predicate<JsonNode>> brought) {
    /** The same of a class that takes events. */
    public Listing broughtBy(Optional<Predicate<JsonNode>> events) {
        return new Listing(path, spec, query, since, headers, stamps, events);
    }
}
