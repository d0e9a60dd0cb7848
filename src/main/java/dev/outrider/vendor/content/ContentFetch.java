package dev.outrider.vendor.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.VendorException;
import dev.outrider.vendor.http.SignIn;
import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.paging.ContentSpec;
import dev.outrider.vendor.quota.Waiter;
import dev.outrider.vendor.sweep.Requests;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Fetches the files of a listing into a temporary file, one at a time. */
final class ContentFetch implements AutoCloseable {
    private static final long EXPANDS = 20;

    private final VendorClient client;
    private final StreamRun run;
    private final ContentSpec spec;
    /** Has no name once it is open, so that a crash leaves nothing on the disk. */
    private FileChannel spool;

    ContentFetch(VendorClient client, StreamRun run, ContentSpec spec) {
        this.client = client;
        this.run = run;
        this.spec = spec;
    }

    /** What a listed file is known by, however often it is listed: its link changes with every listing, but for its place. */
    String id(JsonNode listed) {
        var value = VendorClient.at(listed, spec.getOf());
        if (!value.isTextual() && !value.isNumber() || value.asText().isBlank()) {
            throw new VendorException(
                    "vendor.unexpected_body",
                    "an item of the listing has no file at '" + spec.getOf() + "'",
                    false,
                    200);
        }
        return spec.getPath().isEmpty() ? place(link(value.asText())) : value.asText();
    }

    /** @throws VendorException where it cannot be had */
    ContentRows open(JsonNode listed) throws IOException {
        if (spool == null) {
            spool = FileChannel.open(
                    Files.createTempFile("outrider-", ".content"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        }
        client.download(request(listed), Waiter.of(run), spool, (long) spec.getMaxMb() << 20, spec.getTimeoutSecs());
        return ContentRows.open(beginning(), spec.getFormat(), EXPANDS * spec.getMaxMb() << 20);
    }

    /** The spool itself is closed with us: the next file needs it. */
    private InputStream beginning() throws IOException {
        spool.position(0);
        return new FilterInputStream(Channels.newInputStream(spool)) {
            @Override
            public void close() {}
        };
    }

    private VendorRequest request(JsonNode listed) {
        var headers = Map.of("Accept", "*/*");
        var value = VendorClient.at(listed, spec.getOf()).asText();
        if (spec.getPath().isEmpty()) {
            var link = link(value);
            return VendorRequest.get(link, link.getHost()).as(SignIn.NOBODY).with(headers);
        }
        var uri = new Requests(client).uri(spec.getPath(), Map.of(), Map.of("id", value));
        return VendorRequest.get(uri, spec.getPath()).with(headers);
    }

    private static URI link(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            // What is wrong with it may be its signature, which nobody else should read.
            throw new VendorException("vendor.unexpected_body", "a link of the listing is no address", false, 200);
        }
    }

    private static String place(URI link) {
        return link.getHost() + link.getRawPath();
    }

    @Override
    public void close() {
        try {
            if (spool != null) {
                spool.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
