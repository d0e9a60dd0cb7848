package dev.outrider.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** The few shapes of SQL this room needs; every statement takes its values as parameters. */
final class Sql {
    /** One row read. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What a database that lets several write may take back because they got into each other's way. */
    private static final Set<String> TAKEN_BACK = Set.of("40001", "40P01");

    private static final int TRIES = 5;
    private static final int ROWS_AT_A_TIME = 1000;

    private final Supplier<DataSource> source;
    /** Null where several may write at a time. */
    private final Lock writes;
    /**
     * Where one writes at a time, its connection, kept from one transaction to the next: SQLite has to read pages anew that another connection
     * may have changed. Null after a failure.
     */
    private Transaction kept;

    private final StateStore.Changes first;

    private Sql(Supplier<DataSource> source, Lock writes, StateStore.Changes first) {
        this.source = source;
        this.writes = writes;
        this.first = first;
    }

    /** SQLite lets one write at a time, and who waits for it sleeps, ever longer; who waits here is woken, the first first. */
    static Sql oneAtATime(Supplier<DataSource> source) {
        return new Sql(source, new ReentrantLock(true), transaction -> {});
    }

    /** @param first what every transaction begins with */
    static Sql sideBySide(Supplier<DataSource> source, StateStore.Changes first) {
        return new Sql(source, null, first);
    }

    <T> List<T> query(String sql, Row<T> row, Object... values) {
        try (var connection = source.get().getConnection();
                var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return rows(statement, row);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    static <T> List<T> rows(PreparedStatement statement, Row<T> row) throws SQLException {
        try (var rows = statement.executeQuery()) {
            var all = new ArrayList<T>();
            while (rows.next()) {
                all.add(row.read(rows));
            }
            return all;
        }
    }

    /** Runs one statement in a transaction of its own; the rows changed. */
    int update(String sql, Object... values) {
        var changed = new int[1];
        transaction(transaction -> changed[0] = transaction.update(sql, values));
        return changed[0];
    }

    /** Hands over row by row what may be too much to hold at once. */
    void each(String sql, Row<?> row, Object... values) {
        try (var connection = source.get().getConnection()) {
            // PostgreSQL hands over a part at a time only within a transaction; in SQLite one would keep writers out.
            connection.setAutoCommit(writes != null);
            try (var statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(ROWS_AT_A_TIME);
                bind(statement, values);
                try (var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        row.read(rows);
                    }
                }
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** All or nothing, and durable when it returns. The work may be asked for more than once. */
    void transaction(StateStore.Changes work) {
        if (writes != null) {
            writes.lock();
        }
        try {
            for (int tried = 1; !committed(work, tried); tried++) {}
        } catch (SQLException e) {
            throw new StoreException(e);
        } finally {
            if (writes != null) {
                writes.unlock();
            }
        }
    }

    /** False where it was taken back and may be tried again. */
    private boolean committed(StateStore.Changes work, int tried) throws SQLException {
        var transaction = kept == null ? new Transaction(source.get().getConnection()) : kept;
        kept = null;
        boolean sound = false;
        try {
            transaction.begin();
            sound = done(transaction, work, tried);
            transaction.end();
            return sound;
        } finally {
            if (writes != null && sound) {
                kept = transaction;
            } else {
                transaction.close();
            }
        }
    }

    private boolean done(Transaction transaction, StateStore.Changes work, int tried) throws SQLException {
        try {
            first.accept(transaction);
            work.accept(transaction);
            transaction.commit();
            return true;
        } catch (SQLException e) {
            takeBack(transaction, e);
            if (tried < TRIES && e.getSQLState() != null && TAKEN_BACK.contains(e.getSQLState())) {
                return false;
            }
            throw e;
        } catch (RuntimeException | Error e) {
            takeBack(transaction, e);
            throw e;
        }
    }

    /** SQLite does so itself where the disk is full, and then says that there is nothing to take back: the cause is worth more. */
    private static void takeBack(Transaction transaction, Throwable cause) {
        try {
            transaction.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** A list of as many parameters as there are values. */
    static String in(List<?> values) {
        return "(" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")";
    }

    static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            var value = values[i];
            if (value instanceof byte[] bytes) {
                statement.setBytes(i + 1, bytes);
            } else if (value instanceof String text) {
                // PostgreSQL takes none in a text, and SQLite ends one there for some of its functions.
                statement.setString(i + 1, text.indexOf(0) < 0 ? text : text.replace('\0', '\uFFFD'));
            } else {
                statement.setObject(i + 1, value instanceof Instant at ? (Object) at.toEpochMilli() : value);
            }
        }
    }
}
