package dev.outrider.file.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * A listing of any length in order, with a bounded part of it in memory: a listing longer than that is walked again for each further
 * part. What appears behind the place already reached is left to the next run.
 */
final class Sorted<T> implements Iterator<T> {
    /** Walks everything once. */
    @FunctionalInterface
    interface Walk<T> {
        void each(Consumer<T> visitor);
    }

    private final Walk<T> walk;
    private final Comparator<T> order;
    private final int most;
    private Iterator<T> part = List.<T>of().iterator();
    private T reached;
    private boolean whole;

    /** @param order tells any two apart that are not the same */
    Sorted(Walk<T> walk, Comparator<T> order, int most) {
        this.walk = walk;
        this.order = order;
        this.most = most;
    }

    @Override
    public boolean hasNext() {
        if (!part.hasNext() && !whole) {
            part = nextPart();
        }
        return part.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        reached = part.next();
        return reached;
    }

    private Iterator<T> nextPart() {
        var first = new PriorityQueue<T>(order.reversed());
        var from = reached;
        whole = true;
        walk.each(one -> {
            if (from != null && order.compare(one, from) <= 0) {
                return;
            }
            first.add(one);
            if (first.size() > most) {
                first.poll();
                whole = false;
            }
        });
        var sorted = new ArrayList<>(first);
        sorted.sort(order);
        return sorted.iterator();
    }
}
