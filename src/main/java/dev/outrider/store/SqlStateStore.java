package dev.outrider.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        sql.transaction(transaction -> putCursor(transaction, key, cursor));
    }

    @Override
    public void reset(StreamKey key) {
        sql.transaction(transaction -> {
            for (var table : List.of("stream_cursor", "seen", "sweep_mark", "unit_page")) {
                transaction.update("delete from " + table + OF_STREAM, of(key));
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
    public Set<String> seen(StreamKey key, List<String> identities) {
        return Set.copyOf(sql.query(
                "select identity from seen" + OF_STREAM + " and identity in " + Sql.in(identities),
                row -> row.getString(1),
                of(key, identities.toArray())));
    }

    @Override
    public void see(StreamKey key, List<Seen> seen) {
        sql.transaction(transaction -> putSeen(transaction, key, seen));
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
        sql.transaction(transaction -> {
            for (var identity : identities) {
                transaction.update("delete from seen" + OF_STREAM + " and identity = ?", of(key, identity));
            }
        });
    }

    @Override
    public int pruneSeen(StreamKey key, Instant before) {
        return sql.update("delete from seen" + OF_STREAM + " and at < ?", of(key, before));
    }

    @Override
    public void eachSeen(StreamKey key, Consumer<Seen> visitor) {
        sql.each(
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
    public Map<String, List<byte[]>> emitted(StreamKey key, List<String> units) {
        record PageOf(String unit, byte[] ids) {}
        return sql
                .query(
                        "select unit, ids from unit_page" + OF_STREAM + " and unit in " + Sql.in(units)
                                + " order by unit, page",
                        row -> new PageOf(row.getString(1), row.getBytes(2)),
                        of(key, units.toArray()))
                .stream()
                .collect(groupingBy(PageOf::unit, mapping(PageOf::ids, toList())));
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
    public void commit(List<PageCommit> pages, Changes more) {
        sql.transaction(transaction -> {
            for (var page : pages) {
                put(transaction, page);
            }
            more.accept(transaction);
        });
    }

    private static void put(Transaction transaction, PageCommit page) throws SQLException {
        var key = page.key();
        if (page.cursor() != null) {
            putCursor(transaction, key, page.cursor());
        }
        putSeen(transaction, key, page.seen());
        if (page.marks() != null) {
            transaction.update(
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
        // A unit of one page, as most deliveries are, has left nothing to forget.
        if (page.unitDone() && page.page() != 1) {
            transaction.update("delete from unit_page" + OF_STREAM + " and unit = ?", of(key, page.unit()));
        } else if (!page.unitDone() && page.page() > 0) {
            transaction.update(
                    "insert into unit_page (tenant, integration, stream, unit, page, ids) values (?, ?, ?, ?, ?, ?)",
                    of(key, page.unit(), page.page(), page.ids()));
        }
        for (var letter : page.deadLetters()) {
            DeadLetters.put(transaction, letter);
        }
    }

    private static void putCursor(Transaction transaction, StreamKey key, JsonNode cursor) throws SQLException {
        if (cursor == null) {
            transaction.update("delete from stream_cursor" + OF_STREAM, of(key));
            return;
        }
        transaction.update(
                """
                insert into stream_cursor (tenant, integration, stream, version, value, updated) values (?, ?, ?, ?, ?, ?)
                on conflict (tenant, integration, stream)
                do update set version = excluded.version, value = excluded.value, updated = excluded.updated""",
                of(key, VERSION, cursor.toString(), Instant.now()));
    }

    static void putSeen(Transaction transaction, StreamKey key, List<Seen> seen) throws SQLException {
        for (var one : seen) {
            transaction.update(SEE, of(key, one.identity(), one.at(), one.unit()));
        }
    }

    static Object[] of(StreamKey key, Object... more) {
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
