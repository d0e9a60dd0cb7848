package dev.outrider.capability;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.NamedNode;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.NodeIdFactory;

/**
 * Names a route that has no id by where it starts: {@code capability:okta/stream/users} is {@code okta-users}. There is one route for each
 * such start, so to say an id beside it would be to say the same twice.
 */
record RouteIds(NodeIdFactory others) implements NodeIdFactory {
    private static final Pattern START =
            Pattern.compile("capability:(?://)?([a-z0-9-]+)/(?:(?:stream|action)/)?([a-z0-9-]+)(?:[?].*)?");

    /** The id of a route from this URI; empty where it needs one of its own. */
    static Optional<String> of(String uri) {
        var start = START.matcher(uri);
        return start.matches() ? Optional.of(start.group(1) + "-" + start.group(2)) : Optional.empty();
    }

    @Override
    public String createId(NamedNode node) {
        return node instanceof RouteDefinition route && route.getInput() != null
                ? of(route.getInput().getEndpointUri()).orElseGet(() -> others.createId(node))
                : others.createId(node);
    }
}
