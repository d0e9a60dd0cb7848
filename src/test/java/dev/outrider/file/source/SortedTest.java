package dev.outrider.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SortedTest {
    @Test
    void givesAListingInOrderHoweverFewItHolds() {
        var numbers = new ArrayList<>(IntStream.range(0, 100).boxed().toList());
        Collections.shuffle(numbers, new Random(1));
        var walks = new AtomicInteger();

        var sorted = new Sorted<Integer>(
                visitor -> {
                    walks.incrementAndGet();
                    numbers.forEach(visitor);
                },
                Comparator.naturalOrder(),
                7);

        assertThat(sorted)
                .toIterable()
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
        assertThat(walks).hasValue(15);
    }

    @Test
    void walksAShortListingOnce() {
        var walks = new AtomicInteger();
        var sorted = new Sorted<Integer>(
                visitor -> {
                    walks.incrementAndGet();
                    visitor.accept(1);
                },
                Comparator.naturalOrder(),
                7);

        assertThat(sorted).toIterable().containsExactly(1);
        assertThat(sorted.hasNext()).isFalse();
        assertThat(walks).hasValue(1);
    }
}
