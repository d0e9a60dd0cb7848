package dev.outrider.file.source;

import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.function.Consumer;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.domain.MutableStorageMetadata;
import org.jclouds.blobstore.domain.PageSet;
import org.jclouds.blobstore.domain.StorageMetadata;
import org.jclouds.blobstore.options.GetOptions;
import org.jclouds.blobstore.options.ListContainerOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;
import org.jclouds.rest.AuthorizationException;

/** The store behind {@link S3Server}, which loads it apart from everything else and calls it by name. */
public final class S3Backend {
    private final String bucket;
    private final BlobStoreContext context;
    private final BlobStore store;
    private final S3Proxy proxy;

    /**
     * @param times times of last change that objects are to have
     * @param onRead called with the key of an object before it is read; a {@link SecurityException} denies it
     */
    public S3Backend(String bucket, String id, String secret, Map<String, Instant> times, Consumer<String> onRead)
            throws Exception {
        this.bucket = bucket;
        context = ContextBuilder.newBuilder(new TransientApiMetadata())
                .credentials(id, secret)
                .build(BlobStoreContext.class);
        store = new Shown(context.getBlobStore(), times, onRead);
        store.createContainerInLocation(null, bucket);
        proxy = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, id, secret)
                .ignoreUnknownHeaders(true)
                .build();
        proxy.start();
    }

    public Integer port() {
        return proxy.getPort();
    }

    public void put(String key, byte[] bytes, String encoding) {
        var blob = store.blobBuilder(key).payload(bytes).contentLength(bytes.length);
        store.putBlob(bucket, (encoding.isEmpty() ? blob : blob.contentEncoding(encoding)).build());
    }

    public void remove(String key) {
        store.removeBlob(bucket, key);
    }

    public void close() throws Exception {
        proxy.stop();
        context.close();
    }

    private static final class Shown extends ForwardingBlobStore {
        private final Map<String, Instant> times;
        private final Consumer<String> onRead;

        Shown(BlobStore store, Map<String, Instant> times, Consumer<String> onRead) {
            super(store);
            this.times = times;
            this.onRead = onRead;
        }

        @Override
        public PageSet<? extends StorageMetadata> list(String container, ListContainerOptions options) {
            var page = super.list(container, options);
            for (var object : page) {
                var time = times.get(object.getName());
                if (time != null && object instanceof MutableStorageMetadata shown) {
                    shown.setLastModified(Date.from(time));
                }
            }
            return page;
        }

        @Override
        public Blob getBlob(String container, String key, GetOptions options) {
            try {
                onRead.accept(key);
            } catch (SecurityException e) {
                throw new AuthorizationException(e.getMessage(), e);
            }
            return super.getBlob(container, key, options);
        }
    }
}
