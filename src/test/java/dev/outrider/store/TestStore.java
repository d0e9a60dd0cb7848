package dev.outrider.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteDataSource;

/** A real store in a folder, without the application. */
public final class TestStore {
    private static final int LEASE_SECS = 30;

    private TestStore() {}

    public static Store in(Path folder) {
        return in(folder, source -> source);
    }

    /** @param around what the store gets instead of the real source */
    public static Store in(Path folder, UnaryOperator<DataSource> around) {
        return opened(
                folder, around.apply(source(folder)), false, LEASE_SECS, Map.of("bytes", "blob", "rowid", "integer"));
    }

    static DataSource source(Path folder) {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("outrider.db")
                + "?journal_mode=WAL&synchronous=FULL&busy_timeout=20000&transaction_mode=IMMEDIATE");
        return source;
    }

    /** One whose state is in a PostgreSQL. */
    static Store in(Path folder, TestPostgres postgres) {
        return in(folder, postgres, LEASE_SECS);
    }

    public static Store in(Path folder, TestPostgres postgres, int leaseSecs) {
        return opened(folder, postgres.source(), true, leaseSecs, Map.of("bytes", "bytea", "rowid", "bigint"));
    }

    private static Store opened(
            Path folder, DataSource source, boolean shared, int leaseSecs, Map<String, String> types) {
        var flyway = Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration", shared ? "classpath:db/postgresql" : "classpath:db/sqlite")
                .placeholders(types)
                .load();
        var store = new Store(folder, new Database(source, flyway, shared), leaseSecs);
        store.open();
        return store;
    }
}
