package dev.outrider.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/** Decides what a simulated vendor answers. */
final class Answers {
    private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

    private final Plan plan;
    private final String url;
    private final Map<Plan.Listing, List<Objects.Made>> objects = new IdentityHashMap<>();
    private final Locators locators = new Locators();
    private final Map<String, Window> windows = new ConcurrentHashMap<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Tokens tokens;
    private Fault fault;
    private String faultPath;
    private int faultTimes;
    private int misdeeds;

    Answers(Plan plan, String url) {
        this.plan = plan;
        this.url = url;
        this.tokens = new Tokens(plan.tokens());
        var start = Instant.now();
        plan.listings().forEach(listing -> objects.put(listing, Objects.of(listing, start, url)));
    }

    synchronized void fail(Fault fault, String path, int times) {
        this.fault = fault;
        this.faultPath = path;
        this.faultTimes = times;
    }

    void expireTokens() {
        tokens.expire();
    }

    void release() {
        released.countDown();
    }

    /** How often it did wrong so far. */
    synchronized int misdeeds() {
        return misdeeds;
    }

    /** What is to go wrong now; what the listing's way of paging cannot do wrong waits for another one. */
    private synchronized Fault due(String path, Plan.Listing listing) {
        if (faultTimes <= 0 || !path.startsWith(faultPath) || listing != null && !fault.possible(listing.paging())) {
            return null;
        }
        faultTimes--;
        misdeeds++;
        return fault;
    }

    private Plan.Listing listing(URI uri, Map<String, String> query) {
        for (var listing : plan.listings()) {
            boolean here = uri.getPath().equals(listing.path())
                    || listing.paging().equals("locator") && uri.getPath().startsWith(listing.path() + "/");
            if (here
                    && (listing.contains() == null
                            || query.getOrDefault("q", "").contains(listing.contains()))) {
                return listing;
            }
        }
        return null;
    }

    Reply to(String method, URI uri, Map<String, List<String>> headers) {
        if (plan.tokens() != null && uri.getPath().equals(plan.tokens().path())) {
            return method.equals("POST") ? tokens.issue(url) : Reply.json(405, "{}");
        }
        var sent = headers.getOrDefault("Authorization", List.of(""));
        if (!plan.authorization().contains(sent.get(0)) && !tokens.valid(sent.get(0))) {
            return Reply.json(401, plan.unauthorized().toString());
        }
        var kept = locators.find(uri.getPath());
        var query = kept == null ? query(uri) : kept;
        var listing = listing(uri, query);
        var wrong = due(uri.toString(), listing);
        var window = windows.computeIfAbsent(
                uri.getPath(),
                path -> new Window(plan.quota().limit(), plan.quota().windowSecs()));
        var reply = window.take()
                ? answer(uri, listing, query, wrong)
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

    private Reply answer(URI uri, Plan.Listing asked, Map<String, String> query, Fault wrong) {
        if (wrong != null) {
            switch (wrong) {
                case UNAUTHORIZED:
                    return Reply.json(401, plan.unauthorized().toString());
                case FORBIDDEN:
                    return Reply.json(403, "{}").with("X-Accepted-GitHub-Permissions", "members=read");
                case UNPROCESSABLE:
                    return Reply.json(422, "{\"message\":\"Validation Failed\"}");
                case SWITCHED_OFF:
                    return Reply.json(403, "{\"message\":\"The feature must be enabled for this organization.\"}");
                case SECONDARY_LIMIT:
                    return Reply.json(403, "{\"message\":\"You have exceeded a secondary rate limit.\"}")
                            .with("Retry-After", "1");
                case NOT_FOUND:
                    return Reply.json(404, plan.notFound().toString());
                case LIMITED_FOR_A_SECOND:
                    return Reply.json(429, "{}").with("Retry-After", "1");
                case LIMITED_UNTIL_A_DATE:
                    return Reply.json(429, "{}")
                            .with(
                                    "Retry-After",
                                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                            ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(1)));
                case LIMITED_WITHOUT_A_TIME:
                    return Reply.json(429, "{}");
                case SERVER_ERROR:
                    return Reply.json(500, "{}");
                case HTML:
                    return Reply.html();
                case ERROR_IN_BODY:
                    return Reply.json(200, plan.unauthorized().toString());
                default:
                    break;
            }
        }
        if (asked != null) {
            var reply = list(asked, query, wrong);
            if (wrong == Fault.ROWS_HIDDEN) {
                return reply.with("X-GitHub-SSO", "partial-results; organizations=111,222");
            }
            return wrong == Fault.CUT_BODY ? reply.cutOff() : wrong == Fault.SILENT ? reply.silent(released) : reply;
        }
        for (var listing : plan.listings()) {
            var found = lookup(listing, uri.getPath());
            if (found.isPresent()) {
                return Reply.json(200, found.get().json().toString());
            }
        }
        return Reply.json(404, plan.notFound().toString());
    }

    private Optional<Objects.Made> lookup(Plan.Listing listing, String path) {
        var places = new ArrayList<>(listing.lookups());
        places.add(listing.path());
        return places.stream()
                .filter(place -> path.startsWith(place + "/"))
                .map(place -> path.substring(place.length() + 1))
                .flatMap(id ->
                        objects.get(listing).stream().filter(made -> made.id().equals(id)))
                .findFirst();
    }

    private Reply list(Plan.Listing listing, Map<String, String> query, Fault wrong) {
        if (listing.only() != null) {
            for (var known : listing.only().entrySet()) {
                if (!known.getValue().contains(query.get(known.getKey()))) {
                    return Reply.json(400, "{}");
                }
            }
        }
        var all = objects.get(listing).stream()
                .filter(made -> matches(listing, query, made))
                .toList();
        int size = Math.min(number(query, listing.sizeParam(), listing.defaultSize()), listing.maxSize());
        int from = Math.min(from(listing, query, all, wrong), all.size());
        int to =
                wrong == Fault.EMPTY_PAGE && !listing.paging().equals("log") ? from : Math.min(from + size, all.size());
        var items = new ArrayList<JsonNode>();
        all.subList(from, to).forEach(made -> items.add(made.json()));
        if (wrong == Fault.DUPLICATE_ITEM && !items.isEmpty()) {
            items.add(items.get(0));
        }
        if (wrong == Fault.REORDERED_PAGE) {
            Collections.reverse(items);
        }
        return new Listed(url, listing, query, locators).reply(items, from, to, to < all.size(), wrong);
    }

    private static int from(Plan.Listing listing, Map<String, String> query, List<Objects.Made> all, Fault wrong) {
        if (!listing.paging().equals("last")) {
            return number(query, listing.paging().equals("locator") ? Locators.PLACE : listing.cursorParam(), 0);
        }
        // A cursor that is an item's id cannot repeat by itself: the vendor takes no notice of it.
        boolean ignored = wrong == Fault.REPEATED_CURSOR || wrong == Fault.ENDLESS_NEXT;
        var last = query.get(listing.cursorParam());
        return last == null || ignored
                ? 0
                : all.stream().map(Objects.Made::id).toList().indexOf(last) + 1;
    }

    private static boolean matches(Plan.Listing listing, Map<String, String> query, Objects.Made made) {
        var asked = listing.filter() == null ? null : query.get(listing.filter());
        if (asked != null) {
            var time = ISO.matcher(asked);
            if (time.find() && !made.at().isAfter(Instant.parse(time.group()))) {
                return false;
            }
            if (asked.matches("\\d{10}") && made.at().getEpochSecond() < Long.parseLong(asked)) {
                return false;
            }
        }
        for (var choice : listing.where().entrySet()) {
            var field = choice.getValue().get(query.get(choice.getKey()));
            if (field != null && !made.json().path(field).asBoolean()) {
                return false;
            }
        }
        if (listing.only() != null) {
            for (var field : listing.only().keySet()) {
                if (!made.json().path(field).asText().equals(query.get(field))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static int number(Map<String, String> query, String name, int fallback) {
        var text = query.getOrDefault(name, "");
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : fallback;
    }

    private static Map<String, String> query(URI uri) {
        var query = new java.util.LinkedHashMap<String, String>();
        if (uri.getRawQuery() != null) {
            for (var field : uri.getRawQuery().split("&")) {
                var parts = field.split("=", 2);
                query.put(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return query;
    }
}
