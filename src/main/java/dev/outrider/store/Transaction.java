package dev.outrider.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes that become durable together. Each statement is prepared once, however many rows it changes: SQLite takes longer to prepare than
 * to run. So one that went well may be used for the next changes.
 */
public final class Transaction implements AutoCloseable {
    private static final int MOST_STATEMENTS = 64;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Transaction(Connection connection) {
        this.connection = connection;
    }

    void begin() throws SQLException {
        connection.setAutoCommit(false);
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    /** After commit or rollback: lets go what the statements hold, which may be large. */
    void end() throws SQLException {
        connection.setAutoCommit(true);
        for (var statement : statements.values()) {
            statement.clearParameters();
        }
        if (statements.size() > MOST_STATEMENTS) {
            closeStatements();
        }
    }

    /** The rows changed. */
    int update(String sql, Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    <T> List<T> query(String sql, Sql.Row<T> row, Object... values) throws SQLException {
        return Sql.rows(bound(sql, values), row);
    }

    private PreparedStatement bound(String sql, Object... values) throws SQLException {
        var statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        Sql.bind(statement, values);
        return statement;
    }

    private void closeStatements() throws SQLException {
        for (var statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            closeStatements();
        }
    }
}
