package dev.outrider.store;

import java.time.Instant;
import java.util.List;

/** Integrations made by the API, as JSON text, by name. */
public final class Integrations {
    private final Sql sql;

    Integrations(Sql sql) {
        this.sql = sql;
    }

    public List<String> all() {
        return sql.query("select definition from integration order by name", row -> row.getString(1));
    }

    public void put(String name, String definition) {
        sql.update(
                """
                insert into integration (name, definition, updated) values (?, ?, ?)
                on conflict (name) do update set definition = excluded.definition, updated = excluded.updated""",
                name,
                definition,
                Instant.now());
    }

    public boolean remove(String name) {
        return sql.update("delete from integration where name = ?", name) > 0;
    }
}
