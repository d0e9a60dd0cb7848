package dev.outrider.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A list of made-up objects. What is in a body is named by JSON pointers; a parameter that is one is read from the request's body.
 *
 * @param alike other paths that list the same
 * @param paging {@code link} (a next link in a line of its own, behind one to the page itself), {@code log} (the same, always),
 *     {@code cursor} (in the body, at {@code next}), {@code url} (the next page's address, there), {@code offset} (no next, but a
 *     {@code total}), {@code last} (the cursor is the last item's id), {@code locator} (the path of a kept query, at {@code next}),
 *     {@code single} (no list, one object) or {@code export} (chunks of a job)
 * @param count how many objects there are
 * @param stepMinutes how far the objects' times are apart; the last is a minute old at the start
 * @param order {@code descending} for the newest first
 * @param filter parameter that asks for objects changed after a time, or from it on where it says {@code >=}
 * @param find what the filter says to ask for one object, with {@code ${id}}
 * @param required parameters without which the answer is 400
 * @param only a query parameter's values that are known, as {@code type: [A, B]}; others are answered with 400
 * @param where a query parameter's value that keeps but the objects with a field that is true, as {@code filter: {2fa_disabled: weak}}
 * @param contains what the parameter {@code q} must hold, where several listings have one path
 * @param more where it says whether there is more; {@code !/done} is where it says that there is none
 * @param items where the list is; absent where the body is the list
 * @param next where the cursor or address of the next page is
 * @param end what is there on the last page; absent for null
 * @param total where it says how many objects there are
 * @param cursorSecs how long a cursor lives; 0 for ever
 * @param maxPlace the largest offset with size that is answered; 0 for any
 * @param lookups paths besides its own below which an object is found by its id
 * @param details where the objects are had of a listing that gives only their ids; absent where it gives them whole
 * @param also what else is in the body, by where
 * @param item an object, or a text whose id is its number, with {@code ${n}}, {@code ${time}} and {@code ${a|b|c}} in its texts; a text that is nothing but
 *     {@code ${n}}, {@code ${millis}} or {@code ${secs}} becomes a number
 * @param content the file behind each object; absent for none
 */
record Listing(
        String path,
        List<String> alike,
        String paging,
        int count,
        int defaultSize,
        int maxSize,
        int stepMinutes,
        String order,
        String filter,
        String find,
        List<String> required,
        Map<String, List<String>> only,
        Map<String, Map<String, String>> where,
        String sizeParam,
        String cursorParam,
        String items,
        String next,
        String end,
        String total,
        int cursorSecs,
        int maxPlace,
        String more,
        String contains,
        List<String> lookups,
        String id,
        Details details,
        Export export,
        Map<String, String> also,
        JsonNode item,
        Content content) {
    Listing {
        sizeParam = sizeParam == null ? "limit" : sizeParam;
        cursorParam = cursorParam == null ? "after" : cursorParam;
        alike = alike == null ? List.of() : alike;
        lookups = lookups == null ? List.of() : lookups;
        required = required == null ? List.of() : required;
        also = also == null ? Map.of() : also;
        where = where == null ? Map.of() : where;
    }

    /**
     * Where a POST gives the objects of a list of ids.
     *
     * @param ids where its body holds them
     * @param max more are answered with 413
     */
    record Details(String path, String ids, int max) {}

    /**
     * A job that makes chunks of the listing; it begins with a POST to the listing's path.
     *
     * @param id where the answer tells the job's id
     * @param status path that tells how far the job {@code {id}} is
     * @param chunk path of its chunk {@code {chunk}}
     * @param states what it says at each look, the last for ever; all but the last have but a part of the chunks
     * @param failed what it says of a job that broke off
     * @param duplicate the answer to the same request while the job runs, with {@code ${id}}
     */
    record Export(String id, String status, String chunk, List<String> states, String failed, Plan.Answer duplicate) {}

    /**
     * A file.
     *
     * @param path where that of the object {@code {id}} is had
     * @param text what it holds, with {@code ${id}}
     * @param open whether it is had without credentials, by whoever has the link
     */
    record Content(String path, String type, String text, boolean open) {
        boolean of(String id, String asked) {
            return asked.equals(path.replace("{id}", id));
        }
    }

    boolean descending() {
        return "descending".equals(order);
    }

    /** Whether it lists one page after the other under ever new addresses or cursors. */
    boolean leads() {
        return next != null || paging.equals("link") || paging.equals("log");
    }
}
