package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.Page;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The pages of one operation over all accounts, one after the other, and their regions, side by side. What one region refuses does not
 * stop the others: it makes the stream partial.
 */
final class AwsReader implements Iterator<Page>, AutoCloseable {
    private final AwsAccess access;
    private final StreamRun run;
    private final AwsListing listing;
    private final AwsProgress progress;
    private final Instant now;
    private final AwsTargets targets;
    private final Deque<String> accounts = new ArrayDeque<>();
    private final Set<String> told = new HashSet<>();
    private String account;
    private RegionReaders readers;
    private Page next;
    private boolean ended;

    AwsReader(AwsAccess access, AwsProgress progress, StreamRun run, AwsListing listing, Instant now) {
        this.access = access;
        this.run = run;
        this.listing = listing;
        this.now = now;
        this.targets = new AwsTargets(access, run);
        this.progress = progress;
        if (listing.scope().equals("organization")) {
            accounts.add(access.identity().account());
        } else {
            targets.accounts().forEach(each -> accounts.add(each.path("Id").asText()));
        }
        accounts.removeIf(progress::done);
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            if (run.cancelled()) {
                ended = true;
            } else if (readers != null) {
                next = read();
            } else if (!accounts.isEmpty()) {
                enter(accounts.poll());
            } else {
                ended = true;
                progress.end();
                next = page(List.of(), true);
            }
        }
        return next != null;
    }

    @Override
    public Page next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var page = next;
        next = null;
        return page;
    }

    private void enter(String id) {
        account = id;
        try {
            var home = access.settings().homeRegion();
            var regions = listing.scope().equals("region") ? targets.regions(id) : List.of(home);
            var request = listing.request(run.full() ? null : progress.since(listing.overlap()), now);
            readers = new RegionReaders(
                    listing.concurrency(),
                    regions.stream()
                            .filter(region -> !progress.done(id, region))
                            .map(region -> new AwsPartition(access, listing, request, id, region))
                            .toList());
        } catch (SdkException | RunException e) {
            fault(AwsErrors.of(e, listing.call(), " in account " + id));
            readers = null;
            progress.accountDone(id);
        }
    }

    /** The next page of any region; null where it yielded none. */
    private Page read() {
        var step = readers.take(run::cancelled);
        if (run.cancelled() && (step == null || step.items() == null)) {
            return null;
        }
        if (step == null) {
            readers.close();
            readers = null;
            access.leave(account);
            progress.accountDone(account);
            return page(List.of(), false);
        }
        if (step.items() != null) {
            return page(step.items(), false);
        }
        if (step.error() != null) {
            tell(step);
        }
        progress.regionDone(account, step.partition().region());
        return null;
    }

    private void tell(RegionReaders.Step step) {
        try {
            if (!tolerated(step)) {
                fault(AwsErrors.of(
                        step.error(), listing.call(), step.partition().where()));
            }
        } catch (RunException e) {
            fault(e);
        }
    }

    private boolean tolerated(RegionReaders.Step step) {
        var region = step.partition().region();
        var absence = AwsErrors.absence(step.error(), listing.call(), region);
        if (absence == null && listing.scope().equals("region") && AwsErrors.regionOff(step.error())) {
            // They may as well have been revoked since the job began, and then nothing here is to be left out.
            access.tryCredentials(account);
            absence = "region_refuses_credentials";
        }
        if (absence != null) {
            run.counts().dropped(absence + ":" + region, 0);
        }
        return absence != null;
    }

    private void fault(RunException error) {
        // What is refused in one region of an account is refused in most: once is enough.
        if (told.add(account + " " + error.error().code())) {
            progress.faulty(error.error());
            run.partial(error.error());
        }
    }

    private Page page(List<JsonNode> items, boolean last) {
        return new Page(run, progress.unit(), progress.page(), items, List.of(), progress.cursor(), List.of(), last)
                .mappedBy(listing.mapping());
    }

    @Override
    public void close() {
        if (readers != null) {
            readers.close();
        }
    }
}
