package dev.outrider.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Changes that become durable together. Each statement is prepared once, however many rows it changes: SQLite takes longer to prepare than to run. */
public final class Transaction implements AutoCloseable {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Transaction(Connection connection) {
        this.connection = connection;
    }

    /** The rows changed. */
    int update(String sql, Object... values) throws SQLException {
        var statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        Sql.bind(statement, values);
        return statement.executeUpdate();
    }

    <T> List<T> query(String sql, Sql.Row<T> row, Object... values) throws SQLException {
        return Sql.query(connection, sql, row, values);
    }

    @Override
    public void close() throws SQLException {
        for (var statement : statements.values()) {
            statement.close();
        }
    }
}
