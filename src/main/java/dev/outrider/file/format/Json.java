package dev.outrider.file.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The one node factory of the readers. */
final class Json {
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}
}
