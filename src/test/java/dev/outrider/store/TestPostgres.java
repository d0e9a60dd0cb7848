package dev.outrider.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import javax.sql.DataSource;

/** An empty database in a PostgreSQL that runs as long as the tests do. */
public final class TestPostgres {
    private static final EmbeddedPostgres SERVER = server();
    private static int databases;

    private final String name;

    public TestPostgres() {
        synchronized (TestPostgres.class) {
            name = "state" + ++databases;
        }
        try (var connection = SERVER.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EmbeddedPostgres server() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "300")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code OUTRIDER_STATE_URL} takes. */
    public String url() {
        return SERVER.getJdbcUrl("postgres", name);
    }

    /** Ends a replica's lease now. */
    public void expire(long replica) {
        execute("update replica set until = 1 where number = " + replica);
    }

    /** Cuts all connections, whatever they are at. */
    public void cut() {
        execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                + " and pid <> pg_backend_pid()");
    }

    private void execute(String sql) {
        try (var connection = source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows of a table. */
    public long count(String table) {
        try (var connection = source().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    DataSource source() {
        return SERVER.getDatabase("postgres", name);
    }
}
