package dev.outrider.record;

import java.util.List;

/** Pages that go together, in one exchange: the many small ones of deliveries then share what the steps of a route cost. */
public record Pages(List<Page> all) {}
