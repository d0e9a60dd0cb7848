package dev.outrider.store;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteDataSource;

/** A real store in a folder, without the application. */
public final class TestStore {
    private TestStore() {}

    public static Store in(Path folder) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("outrider.db")
                + "?journal_mode=WAL&synchronous=FULL&busy_timeout=20000&transaction_mode=IMMEDIATE");
        var flyway = Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .load();
        var store = new Store(folder, source, flyway);
        store.open();
        return store;
    }
}
