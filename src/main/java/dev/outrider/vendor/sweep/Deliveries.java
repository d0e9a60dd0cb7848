package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.DeliveredMark;
import dev.outrider.record.StreamRun;
import dev.outrider.store.StateStore;
import dev.outrider.vendor.paging.PageSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** Which changes the vendor has pushed already, and which it should have. Only of integrations that take deliveries. */
final class Deliveries {
    /** A delivery of something that changed just now may be on its way. */
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

    private final StateStore state;
    private final StreamRun run;
    private final PageSpec spec;
    private final boolean expected;
    private final Pattern pattern;
    private final String pointer;

    /** @param watermark null in a run that has no earlier one to compare with */
    Deliveries(StateStore state, StreamRun run, PageSpec spec, Instant watermark) {
        this.state = state;
        this.run = run;
        this.spec = spec;
        this.expected = watermark != null
                && !spec.getDelivered().isEmpty()
                && run.integration().secrets().containsKey("webhookSecret");
        int at = spec.getDeliveredIf().indexOf('=');
        this.pointer = at < 0 ? "" : spec.getDeliveredIf().substring(0, at);
        this.pattern = at < 0 ? null : Pattern.compile(spec.getDeliveredIf().substring(at + 1));
        if (expected) {
            run.counts().webhookGaps(0);
        }
    }

    /** Whether a delivery brought the item as it is; one that none brought is counted as a gap. */
    boolean brought(JsonNode item, Instant changed, Instant now) {
        if (!expected
                || pattern != null
                        && !pattern.matcher(item.at(pointer).asText()).matches()) {
            return false;
        }
        var mark = DeliveredMark.of(run.stream(), item, spec.getDelivered());
        boolean brought = mark.isPresent()
                && state.seen(run.key().deliveries(), mark.get()).isPresent();
        if (!brought && changed != null && changed.plus(ON_ITS_WAY).isBefore(now)) {
            run.counts().webhookGaps(1);
        }
        return brought;
    }
}
