package dev.outrider.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Items and files that could not become records, until replayed. */
public final class DeadLetters {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMNS =
            "id, tenant, integration, stream, job, unit, unit_name, page, code, message, item, mapping, created";

    private final Sql sql;

    DeadLetters(Sql sql) {
        this.sql = sql;
    }

    /** Keeps a letter that no page carries. */
    public void put(DeadLetter letter) {
        sql.transaction(connection -> put(connection, letter));
    }

    public Optional<DeadLetter> find(String id) {
        return sql.query("select " + COLUMNS + " from dead_letter where id = ?", DeadLetters::read, id).stream()
                .findFirst();
    }

    /** The newest first; {@code integration} null for all. */
    public List<DeadLetter> list(String integration, int limit) {
        return integration == null
                ? sql.query(
                        "select " + COLUMNS + " from dead_letter order by created desc, id limit ?",
                        DeadLetters::read,
                        limit)
                : sql.query(
                        "select " + COLUMNS
                                + " from dead_letter where integration = ? order by created desc, id limit ?",
                        DeadLetters::read,
                        integration,
                        limit);
    }

    public boolean remove(String id) {
        return sql.update("delete from dead_letter where id = ?", id) > 0;
    }

    /** How many there are; {@code integration} null for all. */
    public long count(String integration) {
        return integration == null
                ? sql.query("select count(*) from dead_letter", row -> row.getLong(1))
                        .get(0)
                : sql.query(
                                "select count(*) from dead_letter where integration = ?",
                                row -> row.getLong(1),
                                integration)
                        .get(0);
    }

    static void put(Connection connection, DeadLetter letter) throws SQLException {
        Sql.update(
                connection,
                "insert into dead_letter (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (id) do update set job = excluded.job, message = excluded.message",
                letter.id(),
                letter.key().tenant(),
                letter.key().integration(),
                letter.key().stream(),
                letter.job(),
                letter.unit(),
                letter.unitName(),
                letter.page(),
                letter.code(),
                letter.message(),
                letter.item() == null ? null : letter.item().toString(),
                letter.mapping(),
                letter.created());
    }

    private static DeadLetter read(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getString(1),
                new StreamKey(row.getString(2), row.getString(3), row.getString(4)),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getInt(8),
                row.getString(9),
                row.getString(10),
                item(row.getString(11)),
                row.getString(12),
                Instant.ofEpochMilli(row.getLong(13)));
    }

    private static JsonNode item(String text) {
        try {
            return text == null ? null : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new StoreException("a stored dead letter's item is not JSON", e);
        }
    }
}
