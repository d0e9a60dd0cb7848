package dev.outrider.record;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What happened to the items of a stream: received = emitted + dropped + failed, always. An item is emitted when at least one of its
 * records went to the sink, dropped when none was due (with a reason), failed when it became a dead letter.
 */
public final class Counts {
    private final LongAdder pages = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder emitted = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final Consumer<PageTally> observer;
    private final Map<String, Long> reasons = new TreeMap<>();
    private final Map<String, Long> kinds = new TreeMap<>();
    private Long webhookGaps;

    /** @param observer told of every page as it is added */
    public Counts(Consumer<PageTally> observer) {
        this.observer = observer;
    }

    public Counts() {
        this(page -> {});
    }

    /** Adds what one stored page came to. */
    public synchronized void add(PageTally page) {
        observer.accept(page);
        pages.increment();
        received.add(page.received());
        emitted.add(page.emitted());
        dropped.add(page.dropped());
        failed.add(page.failed());
        records.add(page.records());
        page.reasons().forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
        page.kinds().forEach((kind, count) -> kinds.merge(kind, count, Long::sum));
    }

    /** Adds items that were received and are not due, before they are part of any page. */
    public synchronized void dropped(String reason, long count) {
        received.add(count);
        dropped.add(count);
        reasons.merge(reason, count, Long::sum);
    }

    /** Adds objects that changed though no delivery told of them; 0 says that deliveries are expected. */
    public synchronized void webhookGaps(long count) {
        webhookGaps = (webhookGaps == null ? 0 : webhookGaps) + count;
    }

    /** Null where no deliveries are expected. */
    public synchronized Long webhookGaps() {
        return webhookGaps;
    }

    public long pages() {
        return pages.sum();
    }

    public long received() {
        return received.sum();
    }

    public long emitted() {
        return emitted.sum();
    }

    public long dropped() {
        return dropped.sum();
    }

    public long failed() {
        return failed.sum();
    }

    public long records() {
        return records.sum();
    }

    /** Why items were dropped, by reason. */
    public synchronized Map<String, Long> reasons() {
        return new TreeMap<>(reasons);
    }

    /** Records emitted, by kind. */
    public synchronized Map<String, Long> kinds() {
        return new TreeMap<>(kinds);
    }
}
