package dev.outrider.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@link StateStore} in SQL. */
final class SqlStateStore implements StateStore {
    /** Of the cursor's stored form; a store written by a newer Outrider is refused rather than misread. */
    static final int VERSION = 1;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OF_STREAM = " where tenant = ? and integration = ? and stream = ?";
    private static final String SEE =
            """
            insert into seen (tenant, integration, stream, identity, at, unit) values (?, ?, ?, ?, ?, ?)
            on conflict (tenant, integration, stream, identity) do update set at = excluded.at, unit = excluded.unit""";

    private final Sql sql;

    SqlStateStore(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Optional<JsonNode> cursor(StreamKey key) {
        record Stored(int version, String value) {}
        var found = sql.query(
                "select version, value from stream_cursor" + OF_STREAM,
                row -> new Stored(row.getInt(1), row.getString(2)),
                of(key));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var stored = found.get(0);
        if (stored.version() > VERSION) {
            throw new StoreException(
                    "the cursor of " + key + " has version " + stored.version() + ", this Outrider reads up to "
                            + VERSION + ": run the newer one, or reset the cursor",
                    null);
        }
        return Optional.of(parse(stored.value(), key));
    }

    @Override
    public void cursor(StreamKey key, JsonNode cursor) {
        sql.transaction(connection -> putCursor(connection, key, cursor));
    }

    @Override
    public void reset(StreamKey key) {
        sql.transaction(connection -> {
            for (var table : List.of("stream_cursor", "seen", "sweep_mark", "unit_page")) {
                Sql.update(connection, "delete from " + table + OF_STREAM, of(key));
            }
        });
    }

    @Override
    public Optional<Seen> seen(StreamKey key, String identity) {
        return sql
                .query(
                        "select identity, at, unit from seen" + OF_STREAM + " and identity = ?",
                        row -> new Seen(row.getString(1), Instant.ofEpochMilli(row.getLong(2)), row.getString(3)),
                        of(key, identity))
                .stream()
                .findFirst();
    }

    @Override
    public void see(StreamKey key, List<Seen> seen) {
        sql.transaction(connection -> putSeen(connection, key, seen));
    }

    @Override
    public void forget(StreamKey key, String identity) {
        sql.update("delete from seen" + OF_STREAM + " and identity = ?", of(key, identity));
    }

    @Override
    public void forgetUnit(StreamKey key, String unit) {
        sql.update("delete from seen" + OF_STREAM + " and unit = ?", of(key, unit));
    }

    @Override
    public void forget(StreamKey key, List<String> identities) {
        sql.transaction(connection -> {
            for (var identity : identities) {
                Sql.update(connection, "delete from seen" + OF_STREAM + " and identity = ?", of(key, identity));
            }
        });
    }

    @Override
    public int pruneSeen(StreamKey key, Instant before) {
        return sql.update("delete from seen" + OF_STREAM + " and at < ?", of(key, before));
    }

    @Override
    public void eachSeen(StreamKey key, Consumer<Seen> visitor) {
        sql.query(
                "select identity, at, unit from seen" + OF_STREAM,
                row -> {
                    visitor.accept(new Seen(row.getString(1), Instant.ofEpochMilli(row.getLong(2)), row.getString(3)));
                    return null;
                },
                of(key));
    }

    @Override
    public List<byte[]> emitted(StreamKey key, String unit) {
        return sql.query(
                "select ids from unit_page" + OF_STREAM + " and unit = ? order by page",
                row -> row.getBytes(1),
                of(key, unit));
    }

    @Override
    public List<byte[]> marks(StreamKey key, String exceptUnit) {
        return sql.query(
                "select digests from sweep_mark" + OF_STREAM + " and unit <> ?",
                row -> row.getBytes(1),
                of(key, exceptUnit));
    }

    @Override
    public int pruneMarks(StreamKey key, Instant before) {
        return sql.update("delete from sweep_mark" + OF_STREAM + " and at < ?", of(key, before));
    }

    @Override
    public void commit(List<PageCommit> pages, SqlConsumer more) {
        sql.transaction(connection -> {
            for (var page : pages) {
                put(connection, page);
            }
            more.accept(connection);
        });
    }

    private static void put(Connection connection, PageCommit page) throws SQLException {
        var key = page.key();
        if (page.cursor() != null) {
            putCursor(connection, key, page.cursor());
        }
        putSeen(connection, key, page.seen());
        if (page.marks() != null) {
            Sql.update(
                    connection,
                    """
                    insert into sweep_mark (tenant, integration, stream, unit, page, at, digests)
                    values (?, ?, ?, ?, ?, ?, ?)""",
                    of(
                            key,
                            page.unit(),
                            page.page(),
                            page.marks().at(),
                            page.marks().digests()));
        }
        if (page.unitDone()) {
            Sql.update(connection, "delete from unit_page" + OF_STREAM + " and unit = ?", of(key, page.unit()));
        } else if (page.page() > 0) {
            Sql.update(
                    connection,
                    "insert into unit_page (tenant, integration, stream, unit, page, ids) values (?, ?, ?, ?, ?, ?)",
                    of(key, page.unit(), page.page(), page.ids()));
        }
        for (var letter : page.deadLetters()) {
            DeadLetters.put(connection, letter);
        }
    }

    private static void putCursor(Connection connection, StreamKey key, JsonNode cursor) throws SQLException {
        if (cursor == null) {
            Sql.update(connection, "delete from stream_cursor" + OF_STREAM, of(key));
            return;
        }
        Sql.update(
                connection,
                """
                insert into stream_cursor (tenant, integration, stream, version, value, updated) values (?, ?, ?, ?, ?, ?)
                on conflict (tenant, integration, stream)
                do update set version = excluded.version, value = excluded.value, updated = excluded.updated""",
                of(key, VERSION, cursor.toString(), Instant.now()));
    }

    private static void putSeen(Connection connection, StreamKey key, List<Seen> seen) throws SQLException {
        for (var one : seen) {
            Sql.update(connection, SEE, of(key, one.identity(), one.at(), one.unit()));
        }
    }

    private static Object[] of(StreamKey key, Object... more) {
        var all = new Object[3 + more.length];
        all[0] = key.tenant();
        all[1] = key.integration();
        all[2] = key.stream();
        System.arraycopy(more, 0, all, 3, more.length);
        return all;
    }

    private static JsonNode parse(String value, StreamKey key) {
        try {
            return JSON.readTree(value);
        } catch (JsonProcessingException e) {
            throw new StoreException("the cursor of " + key + " is not JSON: reset it", e);
        }
    }
}
