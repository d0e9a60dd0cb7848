package dev.outrider.capability;

import dev.outrider.record.Batch;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.sink.FileSink;
import dev.outrider.sink.FileSinkStep;
import dev.outrider.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file sink that can die between a page's lines and its cursor. The next page meets one that was started anew. */
final class MortalSink extends FileSinkStep {
    private final Store store;
    private FileSinkStep living;
    private FileSink file;
    private int left;

    MortalSink(Store store) throws IOException {
        super(null);
        this.store = store;
        begin();
    }

    private void begin() throws IOException {
        close();
        file = new FileSink(store, Long.MAX_VALUE);
        file.open();
        living = new FileSinkStep(file);
    }

    void close() throws IOException {
        if (file != null) {
            try {
                file.close();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** @param page from now on, counted from 1 */
    void killAtPage(int page) {
        left = page;
    }

    @Override
    public synchronized void store(List<Batch> pages) {
        for (var page : pages) {
            if (left == 0 || --left > 0) {
                living.store(List.of(page));
            } else {
                die(page);
            }
        }
    }

    private void die(Batch batch) {
        // The pages before it were stored already.
        batch.page().run().acknowledgements().settle();
        try {
            for (var line : batch.lines()) {
                Files.write(file.file(), line, StandardOpenOption.APPEND);
            }
            // A kill leaves a torn line, too.
            Files.writeString(file.file(), "{\"specversion\":\"1.0\",\"id\":\"to", StandardOpenOption.APPEND);
            begin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new RunException(RunError.of("sink.failed", "killed between page and cursor", true));
    }
}
