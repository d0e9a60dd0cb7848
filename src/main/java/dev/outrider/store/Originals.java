package dev.outrider.store;

import java.time.Instant;
import java.util.Optional;

/** The originals of deliveries in which something failed, kept for a replay. */
public final class Originals {
    private final Sql sql;

    Originals(Sql sql) {
        this.sql = sql;
    }

    /** The original of a unit, the newest where it failed more than once. */
    public Optional<Delivery> of(StreamKey key, String unit) {
        return sql
                .query(
                        "select " + Deliveries.COLUMNS + " from delivery_kept" + Deliveries.OF_UNIT
                                + " order by seq desc limit 1",
                        Deliveries::read,
                        key.tenant(),
                        key.integration(),
                        unit)
                .stream()
                .findFirst();
    }

    /** Bytes of their bodies. */
    public long bytes() {
        return sql.query("select coalesce(sum(length(body)), 0) from delivery_kept", row -> row.getLong(1))
                .get(0);
    }

    /** Frees the originals that no dead letter needs any more, so that they push out none that one does. */
    public void free() {
        sql.update("delete from delivery_kept where not exists (select 1 from dead_letter as letter"
                + " where letter.tenant = delivery_kept.tenant and letter.integration = delivery_kept.integration"
                + " and letter.unit = delivery_kept.unit)");
    }

    /** Gives up the originals kept from before, then the oldest ones above a size; how many. */
    public int purge(Instant before, long keptBytesMax) {
        return sql.update("delete from delivery_kept where received < ?", before)
                + sql.update(
                        "delete from delivery_kept where seq in (select seq from (select seq, sum(length(body))"
                                + " over (order by seq desc) as newer from delivery_kept) as sized where newer > ?)",
                        keptBytesMax);
    }
}
