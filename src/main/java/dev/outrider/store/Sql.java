package dev.outrider.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

    /** SQLite lets one write at a time, and who waits for it sleeps, ever longer; who waits here is woken, the first first. */
    private final Lock writes = new ReentrantLock(true);

    private final Supplier<DataSource> source;

    Sql(Supplier<DataSource> source) {
        this.source = source;
    }

    <T> List<T> query(String sql, Row<T> row, Object... values) {
        try (var connection = source.get().getConnection()) {
            return query(connection, sql, row, values);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    static <T> List<T> query(Connection connection, String sql, Row<T> row, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            try (var rows = statement.executeQuery()) {
                var all = new ArrayList<T>();
                while (rows.next()) {
                    all.add(row.read(rows));
                }
                return all;
            }
        }
    }

    /** Runs one statement in a transaction of its own; the rows changed. */
    int update(String sql, Object... values) {
        var changed = new int[1];
        transaction(transaction -> changed[0] = transaction.update(sql, values));
        return changed[0];
    }

    /** All or nothing, and durable when it returns. */
    void transaction(StateStore.Changes work) {
        writes.lock();
        try (var connection = source.get().getConnection()) {
            connection.setAutoCommit(false);
            try (var transaction = new Transaction(connection)) {
                work.accept(transaction);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        } finally {
            writes.unlock();
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
            } else {
                statement.setObject(i + 1, value instanceof Instant at ? (Object) at.toEpochMilli() : value);
            }
        }
    }
}
