package dev.outrider.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashSet;
import java.util.List;

/** The objects of a list of ids. */
record Details(Listing listing, List<Objects.Made> objects, Question question) implements Place {
    @Override
    public boolean possible(Fault fault) {
        return fault.anywhere() || fault == Fault.DETAILS_LEFT_OUT;
    }

    @Override
    public Reply answer(Fault wrong) {
        var ids = new HashSet<String>();
        question.body().at(listing.details().ids()).forEach(id -> ids.add(id.asText()));
        if (!question.method().equals("POST") || ids.isEmpty()) {
            return Reply.json(400, "{}");
        }
        if (ids.size() > listing.details().max()) {
            return Reply.json(413, "{}");
        }
        var found = objects.stream()
                .filter(made -> ids.contains(made.id()))
                .<JsonNode>map(Objects.Made::json)
                .toList();
        var given = wrong == Fault.DETAILS_LEFT_OUT ? found.subList(0, found.size() / 2) : found;
        var body = JsonNodeFactory.instance.objectNode();
        Pointers.put(body, listing.items(), JsonNodeFactory.instance.arrayNode().addAll(given));
        return Reply.json(200, body.toString());
    }
}
