package dev.outrider.file.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One pass over the items of a JSON file, an item at a time: the elements of the list that the setting {@code items} points to, in each of
 * the documents of the file; without that setting the elements of lists and the objects that stand at the top (NDJSON).
 */
final class JsonRows implements Rows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final TableMap map;
    private final Consumer<JsonNode> observer;
    private final RepairedText text;
    private final JsonParser parser;
    private boolean inList;
    private boolean done;
    private long number;
    private ScanException fault;

    /** @param observer is shown each item that is an object */
    JsonRows(Content content, Head head, TableMap map, Limits limits, Consumer<JsonNode> observer) throws IOException {
        this.name = content.name();
        this.map = map;
        this.observer = observer;
        this.text = RepairedText.of(content, head);
        text.limitUnseen(limits.maxItemChars(), name);
        this.parser = factory(limits).createParser(text);
    }

    private static JsonFactory factory(Limits limits) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(limits.maxTextChars())
                        .maxNestingDepth(limits.maxDepth())
                        .build())
                .build()
                .setCodec(JSON);
    }

    @Override
    public Row next() throws ScanException {
        if (fault != null) {
            throw fault;
        }
        try {
            if (done || toItem() == null) {
                done = true;
                return null;
            }
            JsonNode item = parser.readValueAsTree();
            text.progress();
            if (item.isObject()) {
                observer.accept(item);
            }
            return new JsonRow(item, ++number, map);
        } catch (ScanException e) {
            fault = e;
        } catch (IOException e) {
            fault = fault(e);
        }
        throw fault;
    }

    /** Goes to the first token of the next item; null at the end. */
    private JsonToken toItem() throws IOException, ScanException {
        while (true) {
            var token = parser.nextToken();
            if (token == null) {
                return null;
            }
            if (inList && token == JsonToken.END_ARRAY) {
                inList = false;
                leaveDocument();
            } else if (inList || map.items().isEmpty() && token != JsonToken.START_ARRAY) {
                return token;
            } else {
                descend();
                inList = true;
            }
        }
    }

    /** From the beginning of a document to that of its list. */
    private void descend() throws IOException, ScanException {
        for (var part : map.items()) {
            var beside = new ArrayList<String>();
            if (parser.currentToken() != JsonToken.START_OBJECT || !toField(part, beside)) {
                throw noList(beside);
            }
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw noList(List.of());
        }
    }

    private boolean toField(String wanted, List<String> beside) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            parser.nextToken();
            if (field.equals(wanted)) {
                return true;
            }
            if (beside.size() < 20) {
                beside.add(NessusCsv.shown(field));
            }
            pass();
        }
        return false;
    }

    /** Passes over the value that was begun, however long it is. */
    private void pass() throws IOException {
        int depth = 0;
        do {
            var token = parser.currentToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            text.progress();
        } while (depth > 0 && parser.nextToken() != null);
    }

    private void leaveDocument() throws IOException {
        while (!parser.getParsingContext().inRoot() && parser.nextToken() != null) {
            text.progress();
        }
    }

    private ScanException noList(List<String> beside) {
        return new ScanException(
                "file.columns",
                name + ": has no list at /" + String.join("/", map.items()) + " (setting 'items')"
                        + (beside.isEmpty() ? "" : "; where it should be there are: " + String.join(", ", beside)));
    }

    private ScanException fault(IOException e) {
        if (!(e instanceof JsonProcessingException json)) {
            return Faults.ofStream(e, name, at(parser.currentLocation()));
        }
        // Between two values the parser has no exception of its own for it.
        if (e instanceof JsonEOFException || String.valueOf(e.getMessage()).startsWith("Unexpected end-of-input")) {
            return Faults.cut(name, at(json.getLocation()), e);
        }
        if (e instanceof StreamConstraintsException) {
            return new ScanException(
                    "file.too_large",
                    name + at(json.getLocation()) + ": " + json.getOriginalMessage() + "; no scanner writes this",
                    e);
        }
        return new ScanException(
                "file.malformed",
                name + at(json.getLocation()) + ": "
                        + json.getOriginalMessage().lines().findFirst().orElse("")
                        + "; export it again or repair this place",
                e);
    }

    private static String at(JsonLocation at) {
        return at == null ? "" : ": line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    @Override
    public void countInto(Repairs repairs) {
        text.countInto(repairs);
    }

    @Override
    public void close() throws IOException {
        parser.close();
        text.close();
    }
}
