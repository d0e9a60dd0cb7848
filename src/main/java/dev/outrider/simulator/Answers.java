package dev.outrider.simulator;

import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Decides what a simulated vendor answers. */
final class Answers {
    private final Plan plan;
    private final String url;
    private final Map<Listing, List<Objects.Made>> objects = new LinkedHashMap<>();
    private final Map<Listing, Exports> exports = new IdentityHashMap<>();
    private final Locators locators = new Locators();
    private final Map<String, Window> windows = new ConcurrentHashMap<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Tokens tokens;
    private final Wrongs wrongs;

    Answers(Plan plan, String url) {
        this.plan = plan;
        this.url = url;
        this.tokens = new Tokens(plan.tokens());
        this.wrongs = new Wrongs(plan);
        var start = Instant.now();
        plan.listings().forEach(listing -> objects.put(listing, Objects.of(listing, start, url)));
        plan.listings().stream()
                .filter(listing -> listing.export() != null)
                .forEach(listing -> exports.put(listing, new Exports(listing, objects.get(listing))));
    }

    Wrongs wrongs() {
        return wrongs;
    }

    void expireTokens() {
        tokens.expire();
    }

    void release() {
        released.countDown();
    }

    Reply to(Question asked) {
        if (plan.tokens() != null && asked.path().equals(plan.tokens().path())) {
            return asked.method().equals("POST") ? tokens.issue(url) : Reply.json(405, "{}");
        }
        var proof = asked.header(plan.authorizationHeader());
        if (!open(asked.path()) && !plan.authorization().contains(proof) && !tokens.valid(proof)) {
            return Reply.json(401, plan.unauthorized().toString());
        }
        var kept = locators.find(asked.path());
        var question = kept == null ? asked : asked.with(kept);
        var place = place(question);
        var wrong = wrongs.due(asked.uri().toString(), place);
        var window = windows.computeIfAbsent(
                asked.path(),
                path -> new Window(plan.quota().limit(), plan.quota().windowSecs()));
        var reply = window.take()
                ? answer(place, wrong)
                : Reply.json(429, plan.quota().body().toString());
        plan.headers().forEach(reply::with);
        quota(reply, plan.quota().limitHeader(), plan.quota().limit());
        quota(reply, plan.quota().remainingHeader(), window.remaining());
        quota(reply, plan.quota().resetHeader(), window.ends());
        return reply;
    }

    private static void quota(Reply reply, String header, long value) {
        if (header != null) {
            reply.with(header, Long.toString(value));
        }
    }

    private Reply answer(Place place, Wrongs.Wrong wrong) {
        if (wrong == null) {
            return usual(place, null);
        }
        if (wrong.answer() != null) {
            var answer = wrong.answer();
            return Wrongs.headers(
                    answer,
                    answer.status() == 0
                            ? usual(place, null)
                            : Reply.json(answer.status(), answer.body().toString()));
        }
        return switch (wrong.fault()) {
            case HTML -> Reply.html();
            case CUT_BODY -> usual(place, null).cutOff();
            case SILENT -> usual(place, null).silent(released);
            default -> usual(place, wrong.fault());
        };
    }

    /** A cursor that lived too short is told as such by whoever words it, else as what is not there. */
    private Reply usual(Place place, Fault wrong) {
        var reply = wrong == Fault.EXPIRED_CURSOR ? null : place.answer(wrong);
        if (reply != null) {
            return reply;
        }
        var words = plan.answers().get(Fault.EXPIRED_CURSOR.key());
        return words == null
                ? Reply.json(404, plan.notFound().toString())
                : Wrongs.headers(words, Reply.json(words.status(), words.body().toString()));
    }

    private Place place(Question question) {
        if (plan.fixed().containsKey(question.path())) {
            return Place.of(Reply.json(200, plan.fixed().get(question.path()).toString()));
        }
        for (var known : objects.entrySet()) {
            var listing = known.getKey();
            if (listing.export() != null) {
                var found = exports.get(listing).find(question);
                if (found != null) {
                    return found;
                }
            } else if (listing.details() != null
                    && question.path().equals(listing.details().path())) {
                return new Details(listing, known.getValue(), question);
            } else if (lists(listing, question)) {
                return new Lists(url, listing, known.getValue(), question, locators);
            }
        }
        for (var known : objects.entrySet()) {
            var content = known.getKey().content();
            var file = known.getValue().stream()
                    .filter(made -> content != null && content.of(made.id(), question.path()))
                    .findFirst();
            if (file.isPresent()) {
                return Place.of(Reply.text(
                        content.type(),
                        content.text().replace("${id}", file.get().id())));
            }
        }
        return Place.of(objects.entrySet().stream()
                .flatMap(known -> Stream.concat(
                                known.getKey().lookups().stream(),
                                Stream.of(known.getKey().path()))
                        .filter(below -> question.path().startsWith(below + "/"))
                        .map(below -> question.path().substring(below.length() + 1))
                        .flatMap(id -> known.getValue().stream()
                                .filter(made -> made.id().equals(id))))
                .findFirst()
                .map(made -> Reply.json(200, made.json().toString()))
                .orElseGet(() -> Reply.json(404, plan.notFound().toString())));
    }

    private boolean open(String path) {
        return objects.entrySet().stream()
                .filter(known -> known.getKey().content() != null
                        && known.getKey().content().open())
                .anyMatch(known -> known.getValue().stream()
                        .anyMatch(made -> known.getKey().content().of(made.id(), path)));
    }

    private static boolean lists(Listing listing, Question question) {
        boolean here = question.path().equals(listing.path())
                || listing.alike().contains(question.path())
                || listing.paging().equals("locator") && question.path().startsWith(listing.path() + "/");
        return here
                && (listing.contains() == null
                        || question.query().getOrDefault("q", "").contains(listing.contains()));
    }
}
