package dev.outrider.file.source;

import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects under a prefix in the order of their keys, a thousand in memory at a time; folders' markers and empty objects left out. */
final class S3Listing implements Iterator<S3Found> {
    private final SourceSettings settings;
    private final BooleanSupplier cancelled;
    private final Iterator<ListObjectsV2Response> pages;
    private Iterator<S3Object> page = Collections.emptyIterator();
    private String token;
    private S3Found next;

    S3Listing(S3Client client, SourceSettings settings, BooleanSupplier cancelled) {
        this.settings = settings;
        this.cancelled = cancelled;
        this.pages = client.listObjectsV2Paginator(request -> request.bucket(settings.bucket())
                        .prefix(settings.prefix())
                        .encodingType(EncodingType.URL))
                .iterator();
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            if (page.hasNext()) {
                next = object(page.next());
            } else if (!nextPage()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public S3Found next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var found = next;
        next = null;
        return found;
    }

    private S3Found object(S3Object object) {
        boolean file =
                object.size() > 0 && !object.key().endsWith("/") && object.key().startsWith(settings.prefix());
        return file ? S3Found.of(settings.bucket(), object) : null;
    }

    private boolean nextPage() {
        Cancelled.check(cancelled);
        try {
            if (!pages.hasNext()) {
                return false;
            }
            var response = pages.next();
            check(response);
            token = response.nextContinuationToken();
            page = response.contents().iterator();
            return true;
        } catch (SdkException e) {
            throw new RunException(S3Errors.of(e, doing(settings)), e);
        }
    }

    /** An empty answer is no empty bucket, and a bucket ends where the store says so. */
    private void check(ListObjectsV2Response response) {
        if (response.isTruncated() == null && response.name() == null) {
            throw broken("was answered without a listing");
        }
        if (Boolean.TRUE.equals(response.isTruncated())
                && (response.nextContinuationToken() == null
                        || response.nextContinuationToken().equals(token))) {
            throw broken("does not come to an end: no further page is offered");
        }
    }

    private RunException broken(String how) {
        return new RunException(RunError.of("vendor.paging", doing(settings) + " " + how + "; check 'endpoint'", true));
    }

    static String doing(SourceSettings settings) {
        return "listing the bucket " + Names.show(settings.bucket())
                + (settings.prefix().isEmpty() ? "" : " under " + Names.show(settings.prefix()));
    }
}
