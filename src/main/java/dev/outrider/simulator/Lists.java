package dev.outrider.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A page of a listing. */
record Lists(String url, Listing listing, List<Objects.Made> objects, Question question, Locators locators)
        implements Place {
    @Override
    public boolean possible(Fault fault) {
        return fault.possible(listing, from(null) == 0);
    }

    @Override
    public Reply answer(Fault wrong) {
        var selection = new Selection(listing, question);
        if (!selection.sound()) {
            return Reply.json(400, "{}");
        }
        if (expired()) {
            return null;
        }
        var all = selection.of(objects);
        int size = Math.min(question.number(listing.sizeParam(), listing.defaultSize()), listing.maxSize());
        int from = Math.min(from(wrong), all.size());
        if (listing.maxPlace() > 0 && from(wrong) + size > listing.maxPlace()) {
            return Reply.json(400, "{}");
        }
        int to = wrong == Fault.EMPTY_PAGE ? from : Math.min(from + size, all.size());
        var items = new ArrayList<JsonNode>();
        all.subList(from, to)
                .forEach(made -> items.add(listing.details() == null ? made.json() : TextNode.valueOf(made.id())));
        if (wrong == Fault.DUPLICATE_ITEM && !items.isEmpty()) {
            items.add(items.get(0));
        }
        if (wrong == Fault.REORDERED_PAGE) {
            Collections.reverse(items);
        }
        return new Listed(url, listing, question.query(), locators)
                .reply(items, from, to, all.size(), to < all.size(), wrong);
    }

    private boolean expired() {
        var cursor = question.parameter(listing.cursorParam());
        int at = cursor == null || listing.cursorSecs() == 0 ? -1 : cursor.indexOf('.');
        return at > 0
                && Instant.ofEpochMilli(Long.parseLong(cursor.substring(at + 1)))
                        .plusSeconds(listing.cursorSecs())
                        .isBefore(Instant.now());
    }

    private int from(Fault wrong) {
        if (listing.paging().equals("locator")) {
            return question.number(Locators.PLACE, 0);
        }
        var cursor = question.parameter(listing.cursorParam());
        if (listing.paging().equals("last")) {
            // A cursor that is an item's id cannot repeat by itself: the vendor takes no notice of it.
            boolean ignored = wrong == Fault.REPEATED_CURSOR || wrong == Fault.ENDLESS_NEXT;
            return cursor == null || ignored
                    ? 0
                    : objects.stream().map(Objects.Made::id).toList().indexOf(cursor) + 1;
        }
        var place = cursor == null ? "" : cursor.replaceFirst("\\..*", "");
        return place.matches("\\d{1,9}") ? Integer.parseInt(place) : 0;
    }
}
