package dev.outrider.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Items and files that could not become records, until replayed. */
public final class DeadLetters {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COLUMNS =
            "id, tenant, integration, stream, job, unit, unit_name, page, code, message, item, mapping, created";

    /** What a letter takes: without an item, as of a body that nobody could read, its texts are all that is kept here. */
    private static final String BYTES =
            "octet_length(id) + octet_length(job) + octet_length(unit) + octet_length(unit_name)"
                    + " + octet_length(message) + coalesce(octet_length(item), 0)";

    private static final String FREE = "delete from delivery_kept where (tenant, integration, unit) in"
            + " (select tenant, integration, unit from dead_letter where id = ?)"
            + " and not exists (select 1 from dead_letter as other where other.tenant = delivery_kept.tenant"
            + " and other.integration = delivery_kept.integration and other.unit = delivery_kept.unit and other.id <> ?)";

    /** Nobody's, this replica's own from before it died, or that of one that died: a second thread of this one is its own business. */
    private static final String CLAIM = "update dead_letter set sender = ? where id = ?"
            + " and (sender is null or sender = ? or not exists (select 1 from replica where number = sender))";

    private final Sql sql;
    private final Replica replica;

    DeadLetters(Sql sql, Replica replica) {
        this.sql = sql;
        this.replica = replica;
    }

    /** Keeps a letter that no page carries. */
    public void put(DeadLetter letter) {
        sql.transaction(transaction -> put(transaction, letter));
    }

    public Optional<DeadLetter> find(String id) {
        return sql.query("select " + COLUMNS + " from dead_letter where id = ?", DeadLetters::read, id).stream()
                .findFirst();
    }

    /** The letter, for this replica alone to send again until it is removed or {@link #release}d; empty where another one does, or it is gone. */
    public Optional<DeadLetter> claim(String id) {
        return !replica.shared() || sql.update(CLAIM, replica.number(), id, replica.number()) == 1
                ? find(id)
                : Optional.empty();
    }

    public void release(String id) {
        if (replica.shared()) {
            sql.update("update dead_letter set sender = null where id = ? and sender = ?", id, replica.number());
        }
    }

    /**
     * Which letters are meant; what is null is not asked for.
     *
     * @param since letters made at that time or later
     */
    public record Filter(String integration, String stream, String code, Instant since) {
        public static final Filter ALL = new Filter(null, null, null, null);

        private String where() {
            return " where 1 = 1" + (integration == null ? "" : " and integration = ?")
                    + (stream == null ? "" : " and stream = ?")
                    + (code == null ? "" : " and code = ?")
                    + (since == null ? "" : " and created >= ?");
        }

        private Object[] values(Object... more) {
            return Stream.concat(
                            Stream.of(integration, stream, code, since).filter(value -> value != null), Stream.of(more))
                    .toArray();
        }
    }

    /** The newest first. */
    public List<DeadLetter> list(Filter filter, int limit) {
        return sql.query(
                "select " + COLUMNS + " from dead_letter" + filter.where() + " order by created desc, id limit ?",
                DeadLetters::read,
                filter.values(limit));
    }

    /** Ids, the oldest first; those of deliveries that failed in the same moment in the order in which these came. */
    public List<String> ids(Filter filter, int limit) {
        return sql.query(
                "select id from dead_letter" + filter.where() + " order by created, (select max(seq) from delivery_kept"
                        + " where delivery_kept.tenant = dead_letter.tenant"
                        + " and delivery_kept.integration = dead_letter.integration"
                        + " and delivery_kept.unit = dead_letter.unit), id limit ?",
                row -> row.getString(1),
                filter.values(limit));
    }

    /** Removes a letter, and the original of its delivery where that has no other. */
    public boolean remove(String id) {
        var removed = new int[1];
        sql.transaction(transaction -> {
            transaction.update(FREE, id, id);
            removed[0] = transaction.update("delete from dead_letter where id = ?", id);
        });
        return removed[0] > 0;
    }

    public long count(Filter filter) {
        return sql.query("select count(*) from dead_letter" + filter.where(), row -> row.getLong(1), filter.values())
                .get(0);
    }

    /** Bytes of letters and their items; originals of deliveries are counted for themselves. */
    public long keptBytes() {
        return sql.query("select coalesce(sum(" + BYTES + "), 0) from dead_letter", row -> row.getLong(1))
                .get(0);
    }

    /** When the oldest was made; empty where there is none. */
    public Optional<Instant> oldest() {
        return sql
                .query(
                        "select created from dead_letter order by created limit 1",
                        row -> Instant.ofEpochMilli(row.getLong(1)))
                .stream()
                .findFirst();
    }

    /** Forgets the letters made before a time, then the oldest above a size; how many. */
    public int purge(Instant before, long keptBytesMax) {
        return sql.update("delete from dead_letter where created < ?", before)
                + sql.update(
                        "delete from dead_letter where id in (select id from (select id, sum(" + BYTES + ")"
                                + " over (order by created desc, id) as newer from dead_letter) as sized where newer > ?)",
                        keptBytesMax);
    }

    static void put(Transaction transaction, DeadLetter letter) throws SQLException {
        transaction.update(
                "insert into dead_letter (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        // What fails again is as new as its last time: by that it is told from what went well then.
                        + " on conflict (id) do update set job = excluded.job, message = excluded.message, created = excluded.created",
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
