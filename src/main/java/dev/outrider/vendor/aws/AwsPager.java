package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.vendor.VendorException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows the tokens of one listing. A token that comes again is an error: such listings have no end. */
final class AwsPager {
    private final AwsCall call;
    private final ObjectNode request;
    private final String items;
    private final Map<String, String> tokens;
    private final Set<String> followed = new HashSet<>();
    private boolean ended;

    /** @param tokens members of the request and the answer's members they are taken from */
    AwsPager(AwsCall call, ObjectNode request, String items, Map<String, String> tokens) {
        this.call = call;
        this.request = request.deepCopy();
        this.items = items;
        this.tokens = tokens;
    }

    boolean hasNext() {
        return !ended;
    }

    List<JsonNode> next(AwsAccess access, String account, String region) {
        var answer = access.call(call, account, region, request);
        ended = !advance(answer);
        return collect(answer, items);
    }

    /** What a pointer leads to; where it passes through lists, in all their elements. */
    static List<JsonNode> collect(JsonNode answer, String pointer) {
        var found = new ArrayList<JsonNode>();
        collect(answer, pointer.substring(1).split("/"), 0, found);
        return found;
    }

    private boolean advance(ObjectNode answer) {
        boolean more = false;
        for (var token : tokens.entrySet()) {
            var next = answer.at("/" + token.getValue().replace('.', '/'));
            if (next.isMissingNode() || next.isNull() || next.asText().isBlank()) {
                request.remove(token.getKey());
            } else {
                request.set(token.getKey(), next);
                more = true;
            }
        }
        if (more && !followed.add(request.toString())) {
            throw new VendorException(
                    "paging.repeated", call.action() + " answers with a token that it gave before", false, 0);
        }
        return more;
    }

    private static void collect(JsonNode node, String[] path, int at, List<JsonNode> found) {
        if (node.isArray()) {
            node.forEach(each -> collect(each, path, at, found));
        } else if (at < path.length) {
            collect(node.path(path[at]), path, at + 1, found);
        } else if (!node.isMissingNode() && !node.isNull()) {
            found.add(node);
        }
    }
}
