package dev.outrider.file.source;

import java.time.Instant;
import java.util.Comparator;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * An object as the listing shows it.
 *
 * @param etag without quotes; equal for equal content, and otherwise without meaning
 */
record S3Found(String bucket, String key, String etag, long size, Instant modified) {
    static final Comparator<S3Found> NEWEST_FIRST =
            Comparator.comparing(S3Found::modified).reversed().thenComparing(S3Found::key);

    static S3Found of(String bucket, S3Object object) {
        return new S3Found(bucket, object.key(), unquoted(object.eTag()), object.size(), object.lastModified());
    }

    /** Identity of these bytes under this key: the unit of their records, and what is remembered of them. */
    String unit() {
        return Digests.of("s3", bucket, key, etag, String.valueOf(size));
    }

    String name() {
        return Names.show(key);
    }

    private static String unquoted(String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }
}
