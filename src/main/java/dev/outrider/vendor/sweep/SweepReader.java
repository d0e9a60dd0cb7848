package dev.outrider.vendor.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.Page;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.record.Unit;
import dev.outrider.store.Marks;
import dev.outrider.store.StateStore;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorReply;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.paging.Paging;
import dev.outrider.vendor.quota.Statuses;
import dev.outrider.vendor.quota.Waiter;
import dev.outrider.vendor.sweep.Progress.Sweep;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** The pages of one sweep, one request each, in order. Every page carries the cursor that is true once it is stored. */
public final class SweepReader implements Iterator<Page> {
    private static final Logger LOG = Logger.getLogger(SweepReader.class);
    /** What vendors answer to a stored link that they no longer know. */
    private static final Set<Integer> LOST = Set.of(400, 404, 410);

    /** Why nothing is received of a listing that is what it was. */
    private static final String UNCHANGED = "snapshot_unchanged";

    private final VendorClient client;
    private final StreamRun run;
    private final Listing listing;
    private final Requests requests;
    private final Paging paging;
    private final Loops loops;
    private final Offers offers;
    private final Items listed;
    private final List<String> parts;
    private final Set<Integer> skip;
    private final Versions versions;
    private final Sweeps sweeps;
    private final Due due;
    private final Unit unit;
    private Progress progress;
    private URI at;
    private boolean stored;
    private boolean anew;
    private Instant from;
    private boolean done;
    private String etag;
    private VendorRequest asked;
    private Tally tally;

    /** @param fullEvery how often everything is collected; null for never again */
    public SweepReader(VendorClient client, StateStore state, StreamRun run, Listing listing, Duration fullEvery) {
        this.client = client;
        this.run = run;
        this.listing = listing;
        this.requests = new Requests(client);
        this.paging = new Paging(listing.spec());
        this.loops = new Loops(listing.spec().getMaxPages());
        this.offers = new Offers(client, run, listing.spec());
        this.listed = new Items(client, run, listing);
        this.skip = Statuses.of(listing.spec().getSkip());
        this.parts = requests.each(listing.spec());
        this.versions = new Versions(client, listing.spec());
        this.sweeps = new Sweeps(state, run, listing.spec(), fullEvery);
        this.progress = sweeps.begin(client.clock().now());
        this.unit = sweeps.unit(progress.sweep());
        this.due = new Due(state, run, listing, progress);
        this.at = address();
        sweeps.gap(progress).ifPresent(run::partial);
    }

    @Override
    public boolean hasNext() {
        return !done;
    }

    @Override
    public Page next() {
        if (done) {
            throw new NoSuchElementException();
        }
        int number = progress.sweep().pages() + 1;
        try {
            return read(number);
        } catch (RunException e) {
            done = true;
            throw new RunException(e.error().in(run.stream(), number), e);
        }
    }

    /** What the page that was read last lists now: its links may have expired since. */
    public List<JsonNode> again() {
        return listed.listed(client.call(asked, Waiter.of(run)));
    }

    /** When a listed item changed; null where the listing does not tell. */
    public Instant time(JsonNode item) {
        return due.time(item);
    }

    /** What keeps items of the page that was read last from being collected by a later sweep. */
    public Marks marks(List<JsonNode> items) {
        return due.marks(items);
    }

    private Page read(int number) {
        while (true) {
            loops.visit(at);
            VendorReply reply;
            try {
                asked = request();
                reply = offers.ask(asked, first());
            } catch (VendorException e) {
                if (stored && e.status() >= 500 && sweeps.spent()) {
                    LOG.infof("%s: the stored place fails run after run, the sweep begins anew", run.key());
                    restart();
                    continue;
                }
                if (!expired(e)) {
                    throw e;
                }
                LOG.infof("%s: the vendor's cursor has expired, the sweep goes on from the last safe place", run.key());
                anew = true;
                due.restart();
                restart();
                continue;
            }
            if (stored && LOST.contains(reply.status())) {
                LOG.infof("%s: the vendor no longer knows the stored place, the sweep begins anew", run.key());
                restart();
                continue;
            }
            if (reply.status() == 304) {
                etag = progress.etag();
                return last(number, List.of(), null);
            }
            if (!reply.ok()) {
                run.counts().dropped("not_offered_" + reply.status(), 0);
                if (nextPart()) {
                    continue;
                }
                return last(number, List.of(), null);
            }
            return page(number, reply);
        }
    }

    private Page page(int number, VendorReply reply) {
        if (progress.sweep().pages() == 0 && !run.full() && versions.same(reply, progress.etag())) {
            etag = progress.etag();
            run.counts().dropped(UNCHANGED, 0);
            return last(number, List.of(), null);
        }
        var received = listed.listed(reply);
        stored = false;
        loops.content(received);
        var sweep = progress.sweep();
        var items = due.of(listed.whole(received, part()), client.clock().now());
        if (sweep.pages() == 0) {
            // Kept with the sweep's last page only: before, the rest of the listing is still due whatever its first
            // page is.
            etag = versions.of(reply);
        }
        tally = sweep.tally().plus(received.size(), paging.told(reply));
        URI next = null;
        RunError broken = null;
        try {
            next = due.ended() ? null : next(reply, received);
        } catch (VendorException e) {
            // What came is good, wherever it leads.
            broken = e.error();
        }
        // A log that is read to its end names its own end as the next page: that is where the next run begins, not a
        // circle.
        boolean resting = next != null && paging.isShort(received);
        var fault = broken != null
                ? broken
                : next == null ? lacking(received) : resting ? loops.foreign(next, client) : loops.fault(next, client);
        if (fault != null && fault.code().equals(Loops.CAP)) {
            run.partial(fault.in(run.stream(), number));
            done = true;
            return more(number, items, next);
        }
        if (fault != null) {
            // Where the listing leads is of no use, so the next run begins a new sweep from the old watermark.
            run.partial(fault.in(run.stream(), number));
            done = true;
            return new Page(
                    run, unit, number, items, List.of(), progress.with(null).json(), List.of(), true);
        }
        if (next != null && !resting) {
            return more(number, items, next);
        }
        if (nextPart()) {
            return more(number, items, null);
        }
        return last(number, items, resting || listing.spec().isResume() ? next : null);
    }

    /** A page with others behind it. */
    private Page more(int number, List<JsonNode> items, URI next) {
        var sweep = progress.sweep();
        boolean same = next != null;
        progress = progress.with(new Sweep(
                sweep.id(),
                sweep.started(),
                sweep.full(),
                sweep.part(),
                same ? next.toString() : null,
                number,
                same ? sweep.partPages() + 1 : 0,
                due.high(),
                hidden(),
                same ? tally : Tally.NONE,
                same ? client.clock().now() : null));
        at = same ? next : address();
        return new Page(
                run, unit, number, items, List.of(), progress.json(), List.of(), List.of(), due.marks(items), false);
    }

    /** The page that ends the sweep: with it the watermark moves, unless rows were left out. */
    private Page last(int number, List<JsonNode> items, URI position) {
        done = true;
        if (hidden()) {
            // Once the rows may be seen they are as old as they were: the next sweep begins where this one did.
            return new Page(
                    run, unit, number, items, List.of(), progress.with(null).json(), List.of(), true);
        }
        var sweep = progress.sweep();
        var end = new Progress(
                due.watermark(progress, client.clock().now()),
                listing.spec().isResume() ? (position == null ? null : position.toString()) : null,
                sweep.full() ? sweep.started() : progress.fullAt(),
                sweep.started(),
                etag,
                null);
        return new Page(run, unit, number, items, List.of(), end.json(), List.of(), List.of(), due.marks(items), true);
    }

    private boolean hidden() {
        return offers.hidden() || progress.sweep().hidden();
    }

    private VendorRequest request() {
        var sweep = progress.sweep();
        var request = requests.request(listing, at, part(), due.since(sweep));
        var accepted = new TreeSet<>(first() ? skip : Set.of());
        if (stored) {
            accepted.addAll(LOST);
        }
        var headers = new HashMap<>(request.headers());
        var tag = versions.tag(progress.etag());
        if (!sweep.full() && sweep.pages() == 0 && tag.isPresent()) {
            headers.put("If-None-Match", tag.get());
            accepted.add(304);
        }
        return request.accepting(accepted).with(headers);
    }

    /** Once at a place: a cursor that does not live for as long as its sweep takes will not do so the next time, unless that begins later. */
    private boolean expired(VendorException failure) {
        return (!anew || due.further())
                && !first()
                && paging.expires()
                && Statuses.match(
                        listing.spec().getExpiredIf(),
                        failure.status(),
                        failure.error().message());
    }

    private URI next(VendorReply reply, List<JsonNode> received) {
        return listing.spec().getPaging().equals("keyset")
                ? keyset(reply, received.size())
                : paging.next(at, reply, received, progress.sweep().partPages() + 1);
    }

    /** Whether the listing ended before its end; null where it did not. What ends by its order or by a page's size has no total to meet. */
    private RunError lacking(List<JsonNode> received) {
        return due.ended() || paging.isShort(received) ? null : tally.fault();
    }

    /**
     * The next page begins at the time of this one's last item, so that rows which move while we read are met again and never passed over.
     * Where that is the question which was asked just now, time stands still, and it is the next place behind the same time; where the
     * vendor gives none so far, the items after that time are.
     */
    private URI keyset(VendorReply reply, int listed) {
        long offset = paging.place(at) + (long) listed;
        // Each question has its own total.
        tally = new Tally(offset, paging.total(reply));
        if (listed == 0 || offset >= tally.total()) {
            return null;
        }
        var last = due.ascending();
        var moved = last == null || last.isAfter(client.clock().now()) || from != null && !last.isAfter(from)
                ? null
                : requests.first(listing, part(), last);
        if (moved == null || paging.at(moved, 0).equals(paging.at(at, 0))) {
            if (last == null || !paging.beyond(offset)) {
                return paging.at(at, (int) offset);
            }
            run.partial(RunError.of(
                            "paging.window",
                            "the vendor gives no more than " + listing.spec().getWindow() + " of the " + tally.total()
                                    + " items from " + last
                                    + " on: those of that second which are left are passed over",
                            false)
                    .in(run.stream(), progress.sweep().pages() + 1));
            last = last.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
            moved = requests.first(listing, part(), last);
        }
        from = last;
        tally = Tally.NONE;
        loops.moved();
        return moved;
    }

    private String part() {
        return parts.get(Math.min(progress.sweep().part(), parts.size() - 1));
    }

    /** Only the first page of a listing can say that there is no such listing: later it would be one that broke off. */
    private boolean first() {
        return progress.sweep().partPages() == 0;
    }

    /** Where the sweep is: at a stored link, where there is one on our vendor, else at the part's first page. */
    private URI address() {
        var sweep = progress.sweep();
        var link = sweep.next() != null
                ? sweep.next()
                : !sweep.full() && sweep.pages() == 0 && listing.spec().isResume() ? progress.position() : null;
        if (sweep.outlived(listing.spec().getCursorSecs(), client.clock().now())) {
            progress = progress.with(sweep.restarted());
        } else if (link != null) {
            try {
                var uri = URI.create(link);
                if (client.home(uri)) {
                    stored = true;
                    return uri;
                }
            } catch (IllegalArgumentException e) {
                LOG.debugf("%s: the stored link is no address", run.key());
            }
            progress = progress.with(sweep.restarted());
        }
        return requests.first(listing, part(), due.since(progress.sweep()));
    }

    private void restart() {
        stored = false;
        from = null;
        loops.forget();
        progress = new Progress(
                progress.watermark(),
                null,
                progress.fullAt(),
                progress.completeAt(),
                null,
                progress.sweep().restarted());
        at = address();
    }

    private boolean nextPart() {
        var sweep = progress.sweep();
        if (sweep.part() + 1 >= parts.size()) {
            return false;
        }
        due.part();
        progress = progress.with(new Sweep(
                sweep.id(),
                sweep.started(),
                sweep.full(),
                sweep.part() + 1,
                null,
                sweep.pages(),
                0,
                sweep.high(),
                hidden(),
                Tally.NONE,
                null));
        at = address();
        return true;
    }
}
