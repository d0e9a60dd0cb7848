package dev.outrider.vendor.content;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.Page;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.store.StateStore;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.paging.ContentSpec;
import dev.outrider.vendor.sweep.Listing;
import dev.outrider.vendor.sweep.SweepReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The rows of the files that a listing names, page by page. A page's cursor knows the files that are done and the rows of the one begun, so
 * a crash costs no more than fetching that one again. A file that cannot be had makes the stream partial, and the others are still read.
 */
public final class ContentReader implements Iterator<Page>, AutoCloseable {
    private static final long MOST_BYTES = 4L << 20;
    /** What a link is answered with once it has expired. */
    private static final Set<Integer> EXPIRED = Set.of(400, 401, 403, 404, 410);

    /** How often in a row the vendor may make new files before one of them could be fetched. */
    private static final int MOST_RENEWALS = 3;

    private static final Set<Integer> GONE = Set.of(404, 410);

    private final StreamRun run;
    private final ContentSpec spec;
    private final SweepReader sweep;
    private final ContentFetch fetch;
    private final ContentProgress progress;
    private final Deque<JsonNode> files = new ArrayDeque<>();
    private Page listed;
    private JsonNode file;
    private ContentRows rows;
    private boolean ended;
    private int renewals;

    /** @param sweep just begun, or gone on with */
    public ContentReader(VendorClient client, StateStore state, StreamRun run, Listing listing, SweepReader sweep) {
        this.run = run;
        this.spec = listing.spec().getContent();
        this.sweep = sweep;
        this.fetch = new ContentFetch(client, run, spec);
        this.progress = new ContentProgress(state.cursor(run.key()).orElse(null));
    }

    @Override
    public boolean hasNext() {
        return !ended && (listed != null || sweep.hasNext());
    }

    @Override
    public Page next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        try {
            return read();
        } catch (RunException e) {
            ended = true;
            throw new RunException(e.error().in(run.stream(), progress.pages + 1), e);
        } catch (IOException e) {
            ended = true;
            throw new RunException(
                    RunError.of("content.unreadable", "a downloaded file cannot be read back: " + e, true), e);
        }
    }

    private Page read() throws IOException {
        if (listed == null) {
            listed = sweep.next();
            due(listed.items());
        }
        var items = new ArrayList<JsonNode>();
        long bytes = 0;
        while (items.size() < spec.getPageItems() && bytes < MOST_BYTES) {
            if (rows == null && !open(items)) {
                return done(items);
            }
            if (rows != null) {
                long before = rows.bytes();
                row(items);
                bytes += rows == null ? 0 : rows.bytes() - before;
            }
        }
        progress.pages++;
        return page(items, progress.within(), listed);
    }

    /** The files of a page that are still to be read, the one begun first. */
    private void due(List<JsonNode> all) {
        files.clear();
        for (var one : all) {
            var id = fetch.id(one);
            if (id.equals(progress.file)) {
                files.addFirst(one);
            } else if (!progress.done.contains(id)) {
                files.addLast(one);
            }
        }
    }

    /** Opens the next file that can be had; false where there is none. */
    private boolean open(List<JsonNode> items) throws IOException {
        while (!files.isEmpty()) {
            file = files.poll();
            var id = fetch.id(file);
            boolean begun = id.equals(progress.file);
            if (!begun) {
                progress.file = id;
                progress.rows = 0;
                if (spec.isKeep()) {
                    items.add(file);
                }
            }
            rows = content(id);
            if (rows != null) {
                renewals = 0;
                pass(progress.rows);
                return true;
            }
        }
        return false;
    }

    private ContentRows content(String id) throws IOException {
        try {
            return fetch.open(file);
        } catch (VendorException e) {
            if (spec.getPath().isEmpty() && EXPIRED.contains(e.status())) {
                return again(id, e);
            }
            if (!spec.getPath().isEmpty() && GONE.contains(e.status()) || passing(e)) {
                failed("content.gone", e.error().message());
                return null;
            }
            throw e;
        }
    }

    /** One bad file must not keep the others back; a vendor that is down, or allows no more, does. */
    private static boolean passing(VendorException e) {
        return Set.of("vendor.empty_body", "vendor.body_cut", "vendor.body_too_large", "vendor.server_error")
                .contains(e.error().code());
    }

    /** Asks for fresh links. Where the vendor has made other files meanwhile, these are read and no more of the old ones. */
    private ContentRows again(String id, VendorException expired) throws IOException {
        if (++renewals > MOST_RENEWALS) {
            throw expired;
        }
        var fresh = sweep.again();
        var same = fresh.stream().filter(one -> fetch.id(one).equals(id)).findFirst();
        if (same.isEmpty()) {
            progress.file = null;
            due(fresh);
            return null;
        }
        file = same.get();
        due(fresh);
        files.poll();
        try {
            return fetch.open(file);
        } catch (VendorException e) {
            if (!EXPIRED.contains(e.status()) && !passing(e)) {
                throw e;
            }
            failed("content.refused", expired.error().message() + ", and so with a fresh link");
            return null;
        }
    }

    /** Passes over rows that are stored already. */
    private void pass(long stored) {
        try {
            for (long i = 0; i < stored && rows.next() != null; i++) {}
        } catch (IOException e) {
            broken(e);
        }
    }

    private void row(List<JsonNode> items) throws IOException {
        ObjectNode row;
        try {
            row = rows.next();
        } catch (IOException e) {
            broken(e);
            return;
        }
        if (row == null) {
            finished();
            return;
        }
        progress.rows++;
        if (!spec.getMark().isEmpty()) {
            row.set(spec.getMark(), file);
            row.put(spec.getMark() + "Row", progress.rows);
        }
        items.add(row);
    }

    private void broken(IOException e) {
        failed("content.broken", "it can be read up to row " + progress.rows + ": " + e.getMessage());
    }

    private void failed(String code, String why) {
        progress.failed(sweep.time(file));
        run.partial(RunError.of(code, "the file " + progress.file + " was not collected whole: " + why, true));
        finished();
    }

    private void finished() {
        progress.done.add(progress.file);
        progress.file = null;
        progress.rows = 0;
        closeRows();
    }

    private Page done(List<JsonNode> items) {
        progress.pages++;
        var whole = listed;
        listed = null;
        var marks = progress.failed.isEmpty()
                ? whole.marks()
                : sweep.marks(whole.items().stream()
                        .filter(one -> !progress.failed.contains(fetch.id(one)))
                        .toList());
        return new Page(
                run,
                whole.unit(),
                progress.pages,
                items,
                List.of(),
                whole.last() ? progress.end(whole.cursor()) : progress.after(whole.cursor()),
                List.of(),
                List.of(),
                marks,
                whole.last());
    }

    private Page page(List<JsonNode> items, JsonNode cursor, Page of) {
        return new Page(run, of.unit(), progress.pages, items, List.of(), cursor, List.of(), false);
    }

    private void closeRows() {
        if (rows != null) {
            try {
                rows.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            rows = null;
        }
    }

    @Override
    public void close() {
        closeRows();
        fetch.close();
    }
}
