package dev.outrider.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a simulated vendor is to do wrong, and how it words it. */
final class Wrongs {
    /** @param answer the vendor's own words; null for a fault that lies in what is listed */
    record Wrong(Fault fault, Plan.Answer answer) {}

    private final Plan plan;
    private final Set<Fault> met = EnumSet.noneOf(Fault.class);
    private Wrong order;
    private String path;
    private int times;
    private int misdeeds;

    Wrongs(Plan plan) {
        this.plan = plan;
    }

    synchronized void order(Fault fault, String path, int times) {
        order = new Wrong(fault, worded(fault));
        this.path = path;
        this.times = times;
    }

    synchronized void order(String name, String path, int times) {
        var answer = plan.answers().get(name);
        if (answer == null) {
            throw new IllegalArgumentException("the plan has no answer '" + name + "'");
        }
        order = new Wrong(null, answer);
        this.path = path;
        this.times = times;
    }

    /** How often it did wrong so far. */
    synchronized int misdeeds() {
        return misdeeds;
    }

    /** Whether something was asked for, since this was asked last, that can be wrong in this way. */
    synchronized Set<Fault> met() {
        var all = EnumSet.copyOf(met);
        met.clear();
        return all;
    }

    /** What is to go wrong with this; null for nothing. What a place cannot do wrong waits for another one. */
    synchronized Wrong due(String target, Place place) {
        for (var fault : Fault.values()) {
            if (place.possible(fault)) {
                met.add(fault);
            }
        }
        if (times <= 0 || !target.startsWith(path) || order.fault() != null && !place.possible(order.fault())) {
            return null;
        }
        times--;
        misdeeds++;
        return order;
    }

    /** The answer in the vendor's words, else in those that any would use; null for what is no answer of its own. */
    private Plan.Answer worded(Fault fault) {
        var own = plan.answers().get(fault.key());
        if (own != null) {
            return own;
        }
        return switch (fault) {
            case UNAUTHORIZED -> new Plan.Answer(401, null, plan.unauthorized(), null);
            case FORBIDDEN -> new Plan.Answer(403, null, null, null);
            case NOT_FOUND -> new Plan.Answer(404, null, plan.notFound(), null);
            case LIMITED_FOR_A_SECOND -> new Plan.Answer(429, Map.of("Retry-After", "1"), null, null);
            case LIMITED_UNTIL_A_DATE -> new Plan.Answer(429, Map.of("Retry-After", "${soonDate}"), null, null);
            case LIMITED_WITHOUT_A_TIME -> new Plan.Answer(429, null, null, null);
            case SERVER_ERROR -> new Plan.Answer(500, null, null, null);
            case ERROR_IN_BODY -> new Plan.Answer(200, null, plan.unauthorized(), null);
            default -> null;
        };
    }

    /** The answer's headers, added to a reply. */
    static Reply headers(Plan.Answer answer, Reply reply) {
        answer.headers().forEach((name, value) -> reply.with(name, filled(value)));
        return reply;
    }

    private static String filled(String text) {
        return text.replace("${soon}", Long.toString(Instant.now().getEpochSecond() + 1))
                .replace(
                        "${soonDate}",
                        DateTimeFormatter.RFC_1123_DATE_TIME
                                .withLocale(Locale.ROOT)
                                .format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(1)));
    }
}
