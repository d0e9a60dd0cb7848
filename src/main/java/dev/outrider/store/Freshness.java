package dev.outrider.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** When each stream was last complete. */
public final class Freshness {
    private final Sql sql;

    Freshness(Sql sql) {
        this.sql = sql;
    }

    public void put(StreamKey key, Instant at) {
        sql.update(
                """
                insert into stream_success (tenant, integration, stream, at) values (?, ?, ?, ?)
                on conflict (tenant, integration, stream) do update set at = excluded.at""",
                key.tenant(),
                key.integration(),
                key.stream(),
                at);
    }

    public Map<StreamKey, Instant> all() {
        var all = new HashMap<StreamKey, Instant>();
        sql.query("select tenant, integration, stream, at from stream_success", row -> {
            all.put(
                    new StreamKey(row.getString(1), row.getString(2), row.getString(3)),
                    Instant.ofEpochMilli(row.getLong(4)));
            return null;
        });
        return all;
    }
}
