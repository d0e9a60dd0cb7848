package dev.outrider.simulator;

import java.util.Locale;

/** What a simulated vendor can be told to do wrong. */
public enum Fault {
    UNAUTHORIZED,
    FORBIDDEN,
    NOT_FOUND,
    LIMITED_FOR_A_SECOND,
    LIMITED_UNTIL_A_DATE,
    LIMITED_WITHOUT_A_TIME,
    SERVER_ERROR,
    SILENT,
    CUT_BODY,
    HTML,
    ERROR_IN_BODY,
    EMPTY_PAGE,
    REPEATED_CURSOR,
    ENDLESS_NEXT,
    FOREIGN_NEXT,
    DUPLICATE_ITEM,
    REORDERED_PAGE,
    /** The cursor of a later page lived too short. */
    EXPIRED_CURSOR,
    /** Half of the objects that were asked for by their ids are not there. */
    DETAILS_LEFT_OUT,
    /** An equal export runs already. */
    DUPLICATE_EXPORT,
    /** An export breaks off, with the chunks that it has. */
    EXPORT_FAILED,
    /** An export ends and lacks a chunk. */
    CHUNKS_FAILED,
    /** A chunk was thrown away. */
    CHUNK_GONE;

    /** Whether any request may be answered so, whatever it asks for. */
    boolean anywhere() {
        return compareTo(ERROR_IN_BODY) <= 0;
    }

    /** Whether a page of a listing can do it, given how that is paged. */
    boolean possible(Listing listing, boolean first) {
        var paging = listing.paging();
        boolean single = paging.equals("single");
        return switch (this) {
            case REPEATED_CURSOR, ENDLESS_NEXT -> listing.leads() || paging.equals("last");
            // An empty page is the end of a log: there is none in its middle.
            case EMPTY_PAGE -> listing.leads() && !paging.equals("log");
            case FOREIGN_NEXT -> listing.leads() && !paging.equals("cursor");
            case DUPLICATE_ITEM, REORDERED_PAGE -> !single;
            case EXPIRED_CURSOR -> listing.cursorSecs() > 0 && !first;
            default -> anywhere();
        };
    }

    /** Its name where a plan words it. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
