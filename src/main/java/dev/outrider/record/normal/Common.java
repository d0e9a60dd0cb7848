package dev.outrider.record.normal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.Draft;
import dev.outrider.record.value.Host;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The fields that every kind has. */
final class Common {
    private static final Set<String> FIELDS = Set.of(
            "kind",
            "class",
            "status",
            "externalId",
            "created",
            "visited",
            "ttl",
            "tags",
            "attributes",
            "attackSurface");
    private static final Map<Set<String>, Set<String>> KNOWN = new ConcurrentHashMap<>();

    private Common() {}

    /**
     * A new node with the common fields of a record.
     *
     * @param own the fields that the kind itself has
     * @param kindClass the class where the mapping names none
     */
    static ObjectNode start(Fields in, Set<String> own, String kindClass) {
        in.only(KNOWN.computeIfAbsent(own, Common::withCommon));
        var out = node();
        out.put("kind", in.kind());
        var named = in.text("class");
        out.put("class", named == null ? kindClass : named);
        var status = in.text("status");
        out.put("status", status == null ? "A" : status);
        out.put("capability", in.memo().capability());
        var surfaces = in.set("attackSurface", surface -> surface.toLowerCase(Locale.ROOT));
        if (surfaces == null) {
            out.putArray("attackSurface").add(in.memo().surface());
        } else {
            out.set("attackSurface", surfaces);
        }
        put(out, "externalId", in.text("externalId"));
        put(out, "created", in.time("created"));
        set(in, out, "tags", UnaryOperator.identity());
        object(in, out, "attributes");
        return out;
    }

    /** A node with room for a record's fields: growing on the way costs more than the room. */
    private static ObjectNode node() {
        return new ObjectNode(JsonNodeFactory.instance, new LinkedHashMap<>(48));
    }

    /** What a file made beside a risk has of the common fields. */
    static ObjectNode startFile(Memo memo) {
        var out = node();
        out.put("kind", "file");
        out.put("class", "file");
        out.put("status", "A");
        out.put("capability", memo.capability());
        out.putArray("attackSurface").add(memo.surface());
        return out;
    }

    /** The draft of a finished node. */
    static Draft finish(Fields in, String key, ObjectNode out, List<Host> hosts) {
        out.put("key", key);
        var draft = new Draft(in.kind(), key, out, hosts);
        draft.seen(in.time("visited"), ttl(in));
        return draft;
    }

    private static Long ttl(Fields in) {
        var ttl = in.text("ttl");
        if (ttl == null) {
            return null;
        }
        if (ttl.length() > 12 || !ttl.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw in.fault("ttl", "absolute Unix seconds, 0 for never");
        }
        return Long.valueOf(ttl);
    }

    static void put(ObjectNode out, String field, String value) {
        if (value != null) {
            out.put(field, value);
        }
    }

    static void texts(Fields in, ObjectNode out, String... fields) {
        for (var field : fields) {
            put(out, field, in.text(field));
        }
    }

    static void set(Fields in, ObjectNode out, String field, UnaryOperator<String> normalise) {
        var set = in.set(field, normalise);
        if (set != null) {
            out.set(field, set);
        }
    }

    static void object(Fields in, ObjectNode out, String field) {
        var object = in.object(field);
        if (object != null && !object.isEmpty()) {
            out.set(field, object);
        }
    }

    private static Set<String> withCommon(Set<String> own) {
        var all = new TreeSet<>(FIELDS);
        all.addAll(own);
        return Set.copyOf(all);
    }

    static Set<String> fields(String... names) {
        return Set.copyOf(Arrays.asList(names));
    }
}
