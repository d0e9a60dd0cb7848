package dev.outrider.store;

import java.util.HashMap;
import java.util.Map;

/** Which deliveries wait, by what makes two of them the same. */
final class Waiting {
    private record Unit(String tenant, String integration, String unit) {}

    /** How each is read. */
    private final Map<Unit, String> readings = new HashMap<>();

    private boolean loaded;
    private long bytes;
    private long last;

    /** @param load adds what waits from before; once */
    synchronized void load(Runnable load) {
        if (!loaded) {
            readings.clear();
            bytes = 0;
            load.run();
            loaded = true;
        }
    }

    synchronized boolean has(StreamKey key, String unit) {
        return readings.containsKey(new Unit(key.tenant(), key.integration(), unit));
    }

    /** Whether the one that waits is read in the same way. */
    synchronized boolean reads(Delivery one) {
        return one.reading().equals(readings.get(unit(one)));
    }

    /** False where the same waits already. */
    synchronized boolean add(Delivery one) {
        if (readings.putIfAbsent(unit(one), one.reading()) != null) {
            return false;
        }
        bytes += one.body().length;
        last = Math.max(last, one.seq());
        return true;
    }

    synchronized void remove(Delivery one) {
        if (readings.remove(unit(one)) != null) {
            bytes -= one.body().length;
        }
    }

    synchronized long count() {
        return readings.size();
    }

    /** Of the bodies of those that wait. */
    synchronized long bytes() {
        return bytes;
    }

    /** The highest number of one that waited. */
    synchronized long last() {
        return last;
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
