package dev.outrider.vendor.quota;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** One allowance of a credential: what the vendor told of it last, and what was taken since. Guarded by its ledger's lock. */
final class Bucket {
    private static final long UNKNOWN = -1;

    private final Allowance allowance;
    private final int reservePercent;
    private final Deque<Instant> taken = new ArrayDeque<>();
    private long limit = UNKNOWN;
    private long remaining = UNKNOWN;
    private long window = UNKNOWN;
    private Instant resets;
    private Instant stands;
    private Instant blocked;
    private int underWay;

    /** @param allowance what is allowed where the vendor does not tell; null for no limit */
    Bucket(Allowance allowance, int reservePercent) {
        this.allowance = allowance;
        this.reservePercent = reservePercent;
    }

    /** When a request may be sent; null for now. */
    Instant free(Instant now) {
        if (blocked != null && blocked.isAfter(now)) {
            return blocked;
        }
        if (resets != null && !resets.isAfter(now)) {
            // The window is over: a full one has begun, and its end is told by the first reply.
            resets = null;
            remaining = limit;
        }
        // What is under way may or may not be in the vendor's figure yet, so it counts: never one too many.
        if (remaining != UNKNOWN && resets != null && remaining - underWay <= reserve()) {
            return resets;
        }
        if (allowance != null && remaining == UNKNOWN) {
            var since = now.minus(allowance.period());
            while (!taken.isEmpty() && !taken.peekFirst().isAfter(since)) {
                taken.removeFirst();
            }
            if (taken.size() >= allowance.requests()) {
                return taken.peekFirst().plus(allowance.period());
            }
        }
        return null;
    }

    /** Whether nothing is left but the reserve, of an allowance of which nobody knows when it comes back. */
    boolean spent(Instant now) {
        return stands != null && now.isBefore(stands) && remaining - underWay <= reserve();
    }

    void take(Instant now) {
        underWay++;
        if (allowance != null) {
            taken.addLast(now);
        }
    }

    void give() {
        underWay--;
    }

    void block(Instant until) {
        if (blocked == null || until.isAfter(blocked)) {
            blocked = until;
        }
    }

    /**
     * Takes what a reply told.
     *
     * @param window the vendor's own name of the window, growing from one to the next
     * @param slack by how much that name may differ within one window
     */
    void learn(long limit, long remaining, long window, long slack, Instant resets) {
        this.limit = limit;
        if (this.resets == null || this.window == UNKNOWN || window > this.window + slack) {
            this.remaining = remaining;
            this.window = window;
            this.resets = resets;
        } else if (window >= this.window - slack) {
            // Replies overtake each other: within a window the smallest figure is the newest.
            this.remaining = Math.min(this.remaining, remaining);
        }
    }

    /**
     * From a vendor that tells no end of the window.
     *
     * @param stands until when a figure that leaves nothing keeps everybody away; null where it does not
     */
    void learn(long limit, long remaining, Instant stands) {
        this.limit = limit;
        this.remaining = remaining;
        this.stands = stands;
    }

    private long reserve() {
        return limit * reservePercent / 100;
    }

    long limit() {
        return limit;
    }

    long remaining() {
        return remaining;
    }

    Instant stands() {
        return stands;
    }

    Instant resets() {
        return resets;
    }

    Instant blocked(Instant now) {
        return blocked != null && blocked.isAfter(now) ? blocked : null;
    }

    int underWay() {
        return underWay;
    }
}
