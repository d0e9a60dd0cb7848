package dev.outrider.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * An item or file that could not become records, kept with its cause until replayed or purged.
 *
 * @param id stable: the same fault of the same item in the same unit has the same id, so a repeat after a crash is no second letter
 * @param unit what was being collected (a file's identity, a sweep)
 * @param unitName the unit in words, for people: a file's name
 * @param page page in the unit, from 1; 0 where the fault is not on a page
 * @param item the item as it was received; null where the fault is the whole file's
 * @param mapping the mapping that was tried; null where none was
 * @param created when it failed last, replays aside
 */
public record DeadLetter(
        String id,
        StreamKey key,
        String job,
        String unit,
        String unitName,
        int page,
        String code,
        String message,
        JsonNode item,
        String mapping,
        Instant created) {}
