package dev.outrider.store;

import java.nio.file.Path;

/** What the state may be kept in. */
public enum Engine {
    SQLITE,
    POSTGRESQL;

    /** A store that is empty. */
    public Store store(Path folder) {
        return this == SQLITE ? TestStore.in(folder) : TestStore.in(folder, new TestPostgres());
    }
}
