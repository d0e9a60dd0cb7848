package dev.outrider.file.source;

import dev.outrider.record.RunError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Brings an object to a local file: exactly the bytes that were listed, since the store is asked for them by their etag. A download that
 * breaks off goes on where it broke.
 */
final class S3Fetch {
    private static final int ATTEMPTS = 8;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final int CHUNK_BYTES = 1 << 17;

    private final S3Client client;
    private final BooleanSupplier cancelled;

    S3Fetch(S3Client client, BooleanSupplier cancelled) {
        this.client = client;
        this.cancelled = cancelled;
    }

    /**
     * @throws software.amazon.awssdk.core.exception.SdkException where the store refuses or cannot be reached
     * @throws FileFault where the download keeps breaking off
     * @throws IOException where the local file cannot be written
     */
    void fetch(S3Found object, Path into) throws IOException, FileFault {
        try (var out = Files.newOutputStream(into, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            long have = read(object, 0, out);
            for (int attempt = 1; have < object.size(); attempt++) {
                if (attempt >= ATTEMPTS) {
                    throw FileFault.passing(
                            "vendor.unreachable",
                            object.name() + ": the download broke off " + attempt + " times, the last after " + have
                                    + " of " + object.size() + " bytes; the next run tries again",
                            true);
                }
                Cancelled.check(cancelled);
                Pause.of(FIRST_PAUSE.multipliedBy(1L << attempt));
                have += read(object, have, out);
            }
        }
    }

    /** Reads from an offset to the end, or to where the connection breaks; the number of bytes written. */
    private long read(S3Found object, long from, OutputStream out) throws IOException {
        var in = client.getObject(request(object, from));
        boolean whole = false;
        try {
            long left = object.size() - from;
            var chunk = new byte[CHUNK_BYTES];
            long read = 0;
            if (from > 0 && in.response().contentRange() == null && !skip(in, from)) {
                return 0;
            }
            for (int n; read < left && (n = get(in, chunk, left - read)) > 0; read += n) {
                Cancelled.check(cancelled);
                out.write(chunk, 0, n);
            }
            whole = read == left;
            return read;
        } finally {
            if (whole) {
                in.close();
            } else {
                in.abort(); // closing would first read all that is left
            }
        }
    }

    /** Passes over what a store that knows no ranges sends once more; false where the connection broke. */
    private static boolean skip(ResponseInputStream<GetObjectResponse> in, long bytes) {
        try {
            in.skipNBytes(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The number of bytes read; none where the connection broke or ended. */
    private static int get(ResponseInputStream<GetObjectResponse> in, byte[] chunk, long most) {
        try {
            return in.read(chunk, 0, (int) Math.min(chunk.length, most));
        } catch (IOException e) {
            return 0;
        }
    }

    private static GetObjectRequest request(S3Found object, long from) {
        var request = GetObjectRequest.builder().bucket(object.bucket()).key(object.key());
        if (!object.etag().isEmpty()) {
            request.ifMatch("\"" + object.etag() + "\"");
        }
        if (from > 0) {
            request.range("bytes=" + from + "-");
        }
        return request.build();
    }

    /** Whether an object that is refused is only gone or replaced since it was listed. */
    static boolean gone(RunError error) {
        return error.httpStatus() == 412
                || error.httpStatus() == 404 && !error.code().equals("vendor.not_found");
    }
}
