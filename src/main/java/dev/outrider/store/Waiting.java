package dev.outrider.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Which deliveries wait, of a process that has the store to itself: its memory answers, and no index need be written with each of them. */
final class Waiting {
    private record Unit(String tenant, String integration, String unit) {}

    private final Sql sql;
    /** How each is read. */
    private final Map<Unit, String> readings = new HashMap<>();

    private boolean loaded;

    Waiting(Sql sql) {
        this.sql = sql;
    }

    /** Before anything else is asked, and in no transaction. */
    synchronized Waiting load() {
        if (!loaded) {
            sql.query("select tenant, integration, unit, reading from delivery", row -> {
                readings.put(new Unit(row.getString(1), row.getString(2), row.getString(3)), row.getString(4));
                return null;
            });
            loaded = true;
        }
        return this;
    }

    synchronized boolean has(String tenant, String integration, String unit) {
        return readings.containsKey(new Unit(tenant, integration, unit));
    }

    synchronized boolean reads(Delivery one) {
        return Objects.equals(readings.get(unit(one)), one.reading());
    }

    synchronized void add(String tenant, String integration, String unit, String reading) {
        readings.put(new Unit(tenant, integration, unit), reading);
    }

    synchronized void remove(Delivery one) {
        readings.remove(unit(one));
    }

    synchronized long count() {
        return readings.size();
    }

    synchronized long count(String tenant, String integration) {
        return readings.keySet().stream()
                .filter(one -> one.tenant().equals(tenant) && one.integration().equals(integration))
                .count();
    }

    private static Unit unit(Delivery one) {
        return new Unit(one.tenant(), one.integration(), one.unit());
    }
}
