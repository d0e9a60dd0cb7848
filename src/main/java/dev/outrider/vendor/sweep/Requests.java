package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.vendor.http.Template;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.paging.Copies;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.vendor.paging.Place;
import dev.outrider.vendor.paging.Query;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Fills a listing's path and query for its first page. */
public final class Requests {
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final VendorClient client;

    public Requests(VendorClient client) {
        this.client = client;
    }

    /** @param since what a run begins from; null where it begins at the beginning */
    URI first(Listing listing, String each, Instant since) {
        var query = new LinkedHashMap<>(listing.query());
        if (since != null) {
            query.putAll(listing.since());
        }
        var spec = listing.spec();
        var first = uri(listing.path(), query, given(each, since));
        return spec.getSize() > 0 ? Query.put(first, spec.getSizeParam(), IntNode.valueOf(spec.getSize())) : first;
    }

    /**
     * What asks for one item of a listing, for the first of its {@code each}; for as many as the vendor gives where it has no size.
     *
     * @param more parameters of the query that stand in place of the listing's own
     */
    public VendorRequest one(Listing listing, Map<String, String> more) {
        var spec = Copies.of(listing.spec());
        spec.setSize(Math.min(spec.getSize(), 1));
        var query = new LinkedHashMap<>(listing.query());
        query.putAll(more);
        var one = new Listing(listing.path(), spec, query, Map.of(), listing.headers(), Map.of(), Optional.empty());
        var each = each(spec).get(0);
        return request(one, first(one, each, null), each, null);
    }

    /** What a listing is made for, in turn; a single null where it is made once. */
    List<String> each(PageSpec spec) {
        return spec.getEach().isEmpty()
                ? Collections.singletonList(null)
                : Arrays.stream(plain(spec.getEach()).split(","))
                        .map(String::strip)
                        .toList();
    }

    /** What asks for a page; each and since are the same for all pages of a listing. */
    VendorRequest request(Listing listing, URI place, String each, Instant since) {
        var address = Place.address(place);
        if (listing.spec().getMethod().equals("GET")) {
            return VendorRequest.get(address, listing.path()).with(listing.headers());
        }
        var given = given(each, since);
        var body = new Body(listing.spec().getBody())
                .bytes(text -> fill(text, given, value -> value), since != null, Place.fields(place));
        var headers = new HashMap<>(listing.headers());
        headers.put("Content-Type", "application/json");
        return new VendorRequest("POST", address, headers, body, listing.path(), Set.of());
    }

    /** The texts that every object of a part gets. */
    Map<String, String> stamps(Listing listing, String each) {
        var given = given(each, null);
        var stamps = new LinkedHashMap<String, String>();
        listing.stamps().forEach((field, text) -> stamps.put(field, fill(text, given, value -> value)));
        return stamps;
    }

    private static Map<String, String> given(String each, Instant since) {
        var given = new HashMap<String, String>();
        if (each != null) {
            given.put("each", each);
        }
        if (since != null) {
            given.put("since", ISO.format(since));
            given.put("sinceSecond", since.truncatedTo(ChronoUnit.SECONDS).toString());
            given.put("sinceSecs", Long.toString(since.getEpochSecond()));
            given.put("sinceMillis", Long.toString(since.toEpochMilli()));
        }
        return given;
    }

    /** @param given values of placeholders that are neither settings nor secrets; a path takes them as one segment each */
    public URI uri(String path, Map<String, String> query, Map<String, String> given) {
        var filled = new LinkedHashMap<String, String>();
        query.forEach((name, value) -> filled.put(name, fill(value, given, text -> text)));
        return Query.uri(client.base(), fill(client.path() + path, given, Requests::segment), filled);
    }

    /** A text with the integration's settings filled in. */
    private String plain(String text) {
        return fill(text, Map.of(), value -> value);
    }

    private String fill(String text, Map<String, String> given, UnaryOperator<String> write) {
        try {
            return Template.fill(text, name -> {
                var value = given.containsKey(name)
                        ? given.get(name)
                        : name.equals("host")
                                ? client.host()
                                : client.values().settings().apply(name);
                return value == null ? null : write.apply(value);
            });
        } catch (IllegalArgumentException e) {
            throw new RunException(RunError.of("settings.invalid", e.getMessage(), false));
        }
    }

    /** One segment and never a step out of its folder. */
    private static String segment(String text) {
        if (text.isBlank() || text.equals(".") || text.equals("..")) {
            throw new IllegalArgumentException("'" + text + "' cannot be part of an address");
        }
        return Query.encode(text);
    }
}
