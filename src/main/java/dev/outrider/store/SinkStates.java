package dev.outrider.store;

import java.sql.SQLException;
import java.util.Optional;

/** How far a sink's output is committed. */
public final class SinkStates {
    private final Sql sql;

    SinkStates(Sql sql) {
        this.sql = sql;
    }

    public Optional<String> of(String sink) {
        return sql.query("select state from sink_state where sink = ?", row -> row.getString(1), sink).stream()
                .findFirst();
    }

    /** The same once no commit of it is under way any more, one whose client lost its connection for instance; it must be there. */
    public String settled(String sink) {
        var state = new String[1];
        sql.transaction(transaction -> {
            transaction.update("update sink_state set sink = sink where sink = ?", sink);
            state[0] = transaction
                    .query("select state from sink_state where sink = ?", row -> row.getString(1), sink)
                    .get(0);
        });
        return state[0];
    }

    /** Within the commit of the page that the state covers. */
    public static void put(Transaction transaction, String sink, String state) throws SQLException {
        transaction.update(
                "insert into sink_state (sink, state) values (?, ?) on conflict (sink) do update set state = excluded.state",
                sink,
                state);
    }

    public void put(String sink, String state) {
        sql.transaction(transaction -> put(transaction, sink, state));
    }
}
