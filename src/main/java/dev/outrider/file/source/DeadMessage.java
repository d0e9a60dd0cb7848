package dev.outrider.file.source;

import dev.outrider.store.Seen;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A message that nobody understands: reported as a file that cannot be taken, and left to the queue. */
final class DeadMessage implements SourceFile {
    private final URI queue;
    private final S3Message message;
    private final String why;

    DeadMessage(URI queue, S3Message message, String why) {
        this.queue = queue;
        this.message = message;
        this.why = why;
    }

    @Override
    public String name() {
        return "message " + Names.show(message.id());
    }

    @Override
    public String where() {
        return "";
    }

    @Override
    public String place() {
        return "";
    }

    @Override
    public String unit() {
        return Digests.of("sqs", queue.toString(), message.id());
    }

    @Override
    public Path content() throws FileFault {
        throw FileFault.passing(
                "event.unreadable",
                name() + " of 'queueUrl' " + Names.show(why)
                        + "; it stays in the queue: its redrive policy moves it to a dead-letter queue, or remove it by hand",
                false);
    }

    @Override
    public void verify() {
        // There is nothing to read.
    }

    @Override
    public List<Seen> seen(boolean failed) {
        return List.of();
    }

    @Override
    public void settle(boolean failed) {
        // The queue keeps it.
    }

    @Override
    public void close() {
        // Nothing was brought here.
    }
}
