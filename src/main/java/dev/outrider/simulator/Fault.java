package dev.outrider.simulator;

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
    /** A listing that only others may see. */
    UNPROCESSABLE,
    /** A header says that rows are missing. */
    ROWS_HIDDEN,
    /** A feature that is off. */
    SWITCHED_OFF,
    /** A limit that is told as a lack of permission. */
    SECONDARY_LIMIT;

    /** Whether a listing that pages in this way can do it. */
    boolean possible(String paging) {
        return switch (this) {
            case REPEATED_CURSOR, ENDLESS_NEXT -> !paging.equals("single");
            case EMPTY_PAGE -> !paging.equals("single") && !paging.equals("last") && !paging.equals("log");
            case FOREIGN_NEXT -> !paging.equals("single") && !paging.equals("last") && !paging.equals("cursor");
            case DUPLICATE_ITEM, REORDERED_PAGE -> !paging.equals("single");
            default -> true;
        };
    }
}
