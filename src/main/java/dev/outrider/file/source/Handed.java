package dev.outrider.file.source;

import dev.outrider.record.IdSet;

/** The units a run has dealt with, 16 bytes each: until a unit's last page is durable, nothing else tells that it is being collected. */
final class Handed {
    private final IdSet units = new IdSet();

    /** Adds a unit; false where the run dealt with it before. */
    boolean add(String unit) {
        return units.add(Long.parseUnsignedLong(unit, 0, 16, 16), Long.parseUnsignedLong(unit, 16, 32, 16));
    }
}
