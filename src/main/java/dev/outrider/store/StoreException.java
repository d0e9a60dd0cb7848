package dev.outrider.store;

import java.sql.SQLException;

/** The store could not read or write; nothing of the failed call is kept. */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(SQLException cause) {
        super("the state store failed: " + cause.getMessage(), cause);
    }

    StoreException(String message, Exception cause) {
        super(message, cause);
    }
}
