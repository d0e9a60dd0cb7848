package dev.outrider.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** The export jobs of one listing: begun, looked at, fetched chunk by chunk. */
final class Exports {
    private record Job(String id, JsonNode asked, List<List<JsonNode>> chunks, AtomicInteger looks) {}

    private final Listing listing;
    private final List<Objects.Made> objects;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();

    Exports(Listing listing, List<Objects.Made> objects) {
        this.listing = listing;
        this.objects = objects;
    }

    /** Null where the question is about no job of this listing. */
    Place find(Question question) {
        if (question.path().equals(listing.path()) && question.method().equals("POST")) {
            return place(wrong -> begin(question, wrong), Fault.DUPLICATE_EXPORT);
        }
        var looked = part(listing.export().status(), question.path());
        if (looked != null && jobs.containsKey(looked[0])) {
            return place(wrong -> status(jobs.get(looked[0]), wrong), Fault.EXPORT_FAILED, Fault.CHUNKS_FAILED);
        }
        var fetched = part(listing.export().chunk(), question.path());
        if (fetched != null && jobs.containsKey(fetched[0])) {
            return place(
                    wrong -> chunk(jobs.get(fetched[0]), fetched[1], wrong),
                    Fault.CHUNK_GONE,
                    Fault.DUPLICATE_ITEM,
                    Fault.REORDERED_PAGE);
        }
        return null;
    }

    private Reply begin(Question question, Fault wrong) {
        var selection = new Selection(listing, question);
        if (!selection.sound()) {
            return Reply.json(400, "{}");
        }
        var running = jobs.values().stream()
                .filter(job -> job.asked().equals(question.body()) && runs(job))
                .findFirst();
        if (running.isPresent()) {
            return duplicate(running.get());
        }
        int size = Math.min(question.number(listing.sizeParam(), listing.defaultSize()), listing.maxSize());
        var due = selection.of(objects);
        var chunks = new ArrayList<List<JsonNode>>();
        for (int from = 0; from < due.size(); from += size) {
            chunks.add(due.subList(from, Math.min(from + size, due.size())).stream()
                    .map(Objects.Made::json)
                    .toList());
        }
        var job = new Job(UUID.randomUUID().toString(), question.body(), chunks, new AtomicInteger());
        jobs.put(job.id(), job);
        if (wrong == Fault.DUPLICATE_EXPORT) {
            return duplicate(job);
        }
        var body = JsonNodeFactory.instance.objectNode();
        Pointers.put(body, listing.export().id(), JsonNodeFactory.instance.textNode(job.id()));
        return Reply.json(200, body.toString());
    }

    private Reply duplicate(Job job) {
        var form = listing.export().duplicate();
        return Reply.json(form.status(), form.body().toString().replace("${id}", job.id()));
    }

    private boolean runs(Job job) {
        return job.looks().get() < listing.export().states().size();
    }

    private Reply status(Job job, Fault wrong) {
        var states = listing.export().states();
        int look = Math.min(job.looks().incrementAndGet(), states.size());
        // The last ones are ready first.
        int ready = (job.chunks().size() * look + states.size() - 1) / states.size();
        var body = JsonNodeFactory.instance.objectNode().put("uuid", job.id()).put("status", states.get(look - 1));
        var available = body.putArray("chunks_available");
        for (int n = job.chunks().size(); n > job.chunks().size() - ready; n--) {
            available.add(n);
        }
        body.putArray("chunks_failed");
        body.putArray("chunks_cancelled");
        if (wrong == Fault.EXPORT_FAILED) {
            job.looks().set(states.size());
            body.put("status", listing.export().failed());
        }
        if (wrong == Fault.CHUNKS_FAILED) {
            job.looks().set(states.size());
            body.put("status", states.get(states.size() - 1));
            available.removeAll().add(1);
            body.withArray("/chunks_failed").add(2);
        }
        return Reply.json(200, body.toString());
    }

    private static Reply chunk(Job job, String name, Fault wrong) {
        int number = name.matches("\\d{1,6}") ? Integer.parseInt(name) : 0;
        if (number < 1 || number > job.chunks().size() || wrong == Fault.CHUNK_GONE) {
            return Reply.json(404, "{\"error\":\"Export expired or not found\"}");
        }
        var items = new ArrayList<>(job.chunks().get(number - 1));
        if (wrong == Fault.DUPLICATE_ITEM) {
            items.add(items.get(0));
        }
        if (wrong == Fault.REORDERED_PAGE) {
            Collections.reverse(items);
        }
        return Reply.json(
                200, JsonNodeFactory.instance.arrayNode().addAll(items).toString());
    }

    private static String[] part(String template, String path) {
        var pattern = Pattern.quote(template).replace("{id}", "\\E([^/]+)\\Q").replace("{chunk}", "\\E([^/]+)\\Q");
        var found = Pattern.compile(pattern).matcher(path);
        return !found.matches() ? null : new String[] {found.group(1), found.groupCount() > 1 ? found.group(2) : null};
    }

    private interface Answering {
        Reply answer(Fault wrong);
    }

    private static Place place(Answering answering, Fault... own) {
        return new Place() {
            @Override
            public boolean possible(Fault fault) {
                return fault.anywhere() || List.of(own).contains(fault);
            }

            @Override
            public Reply answer(Fault wrong) {
                return answering.answer(wrong);
            }
        };
    }
}
