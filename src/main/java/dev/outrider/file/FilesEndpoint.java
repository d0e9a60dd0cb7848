package dev.outrider.file;

import java.util.Arrays;
import java.util.Locale;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One use of {@code files:} in a route. */
final class FilesEndpoint extends DefaultEndpoint {
    /** What a route asks of a source. */
    enum Operation {
        /** The body becomes a lazy iterator over the pages that are due. */
        PAGES,
        /** Adds a check of the source to the exchange. */
        CHECK,
        /** The body, a host's name, becomes whether a scan knows that host. */
        FIND;

        static Operation of(String name) {
            for (var one : values()) {
                if (one.name().toLowerCase(Locale.ROOT).equals(name)) {
                    return one;
                }
            }
            throw new IllegalArgumentException(
                    "files:" + name + " is none of " + Arrays.toString(values()).toLowerCase(Locale.ROOT));
        }
    }

    private final FilesComponent component;
    private final Operation operation;
    private final int pageItems;
    private final String stream;

    FilesEndpoint(String uri, FilesComponent component, Operation operation, int pageItems, String stream) {
        super(uri, component);
        this.component = component;
        this.operation = operation;
        this.pageItems = pageItems;
        this.stream = stream;
    }

    @Override
    public Producer createProducer() {
        return new FilesProducer(this, component);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("files: is called by a route, it starts none");
    }

    Operation operation() {
        return operation;
    }

    int pageItems() {
        return pageItems;
    }

    /** The stream whose check is made. */
    String stream() {
        return stream;
    }
}
