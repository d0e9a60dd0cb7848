package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Reads partitions side by side. Their pages come in no order between regions, in the vendor's order within one. */
final class RegionReaders implements AutoCloseable {
    /**
     * What a partition came to: a page, or its end.
     *
     * @param items null at the end
     * @param error why it ended early; null where it was read to its end
     */
    record Step(AwsPartition partition, List<JsonNode> items, Throwable error) {}

    private final ExecutorService threads;
    private final BlockingQueue<Step> steps;
    private int open;

    RegionReaders(int concurrency, List<AwsPartition> partitions) {
        open = partitions.size();
        steps = new ArrayBlockingQueue<>(concurrency);
        threads = Executors.newFixedThreadPool(concurrency, task -> {
            var thread = new Thread(task, "aws-region");
            thread.setDaemon(true);
            return thread;
        });
        partitions.forEach(partition -> threads.execute(() -> read(partition)));
    }

    private void read(AwsPartition partition) {
        Throwable error = null;
        try {
            partition.read(items -> put(new Step(partition, items, null)));
        } catch (RuntimeException | Error e) {
            error = e;
        }
        if (!threads.isShutdown()) {
            put(new Step(partition, null, error));
        }
    }

    private void put(Step step) {
        try {
            steps.put(step);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("reading was ended", e);
        }
    }

    /** The next step of any partition; null once all have ended, or the run is cancelled. */
    Step take(BooleanSupplier cancelled) {
        try {
            while (open > 0 && !cancelled.getAsBoolean()) {
                var step = steps.poll(200, TimeUnit.MILLISECONDS);
                if (step != null) {
                    open -= step.items() == null ? 1 : 0;
                    return step;
                }
            }
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while regions were read", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            // Nobody may use a client that is being closed, but for one whose reply does not come.
            threads.awaitTermination(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
