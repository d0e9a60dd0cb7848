package dev.outrider.record.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import dev.outrider.record.value.RecordFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One compiled mapping file. Safe for many threads.
 *
 * @param id such as {@code nessus/item}
 * @param file as errors name it, such as {@code nessus/item.jslt}
 * @param sources the file and all that it imports, as they were when it was compiled
 */
public record Mapping(String id, String file, Expression expression, List<SourceFile> sources) {
    private static final int MAX_MESSAGE = 400;

    /**
     * What the mapping makes of an item: an array, an object, or null.
     *
     * @throws RecordFault where it fails, naming file and line
     */
    public JsonNode apply(JsonNode item) {
        try {
            return expression.apply(item);
        } catch (JsltException e) {
            throw new RecordFault(Places.of(this, e), cut(e.getMessageWithoutLocation()));
        } catch (StackOverflowError e) {
            throw new RecordFault(
                    file, "the item nests too deep for the mapping, or the mapping calls itself without end");
        } catch (RuntimeException e) {
            // JSLT's own functions let some Java exceptions through (a bad pattern, a bad time format).
            throw new RecordFault(file, cut(String.valueOf(e.getMessage())));
        }
    }

    /** The objects of a mapping's answer; nulls in it count as nothing. */
    List<ObjectNode> records(JsonNode answer) {
        if (answer == null || answer.isNull() || answer.isMissingNode()) {
            return List.of();
        }
        if (answer instanceof ObjectNode one) {
            return List.of(one);
        }
        if (!answer.isArray()) {
            throw new RecordFault(file, "a mapping yields records, not " + word(answer));
        }
        var records = new ArrayList<ObjectNode>(answer.size());
        for (var element : answer) {
            if (element instanceof ObjectNode record) {
                records.add(record);
            } else if (element.isArray()) {
                records.addAll(records(element));
            } else if (!element.isNull()) {
                throw new RecordFault(file, "a mapping yields records, not " + word(element));
            }
        }
        return records;
    }

    private static String word(JsonNode node) {
        return "a " + node.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static String cut(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
    }
}
