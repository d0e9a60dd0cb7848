package dev.outrider.file.source;

import dev.outrider.file.FilesRig;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * An S3 in this process, its objects in memory, signatures checked. Its libraries want another Guice than the tests of Quarkus bring, so
 * it lives in a class loader of its own.
 */
final class S3Server implements AutoCloseable {
    static final String BUCKET = "drop";

    private static final String ID = "test-id";
    private static final String SECRET = "test-secret";
    private static final Pattern WANTED =
            Pattern.compile("(s3proxy|jclouds|s3-2[.]7|sts-2[.]7|guice-(assistedinject-)?7|guava|failureaccess|gson"
                    + "|jaxb|javax|jakarta|aopalliance|jackson|woodstox|stax2|slf4j-api|jsr305).*[.]jar");

    /** Times of last change that objects are to have. */
    final Map<String, Instant> times = new ConcurrentHashMap<>();

    /** Keys whose objects may not be read. */
    final Set<String> denied = ConcurrentHashMap.newKeySet();

    final AtomicInteger reads = new AtomicInteger();

    /** Called before an object is read. */
    volatile Runnable beforeRead = () -> {};

    private static final ClassLoader LOADER = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());

    private final Object backend;

    S3Server() {
        Consumer<String> onRead = this::onRead;
        try {
            backend = LOADER.loadClass("dev.outrider.file.source.S3Backend")
                    .getConstructor(String.class, String.class, String.class, Map.class, Consumer.class)
                    .newInstance(BUCKET, ID, SECRET, times, onRead);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URL[] classPath() {
        var all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .map(File::new)
                .filter(file ->
                        file.isDirectory() || WANTED.matcher(file.getName()).matches())
                .map(S3Server::url)
                .toArray(URL[]::new);
    }

    private static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void onRead(String key) {
        reads.incrementAndGet();
        beforeRead.run();
        if (denied.contains(key)) {
            throw new SecurityException("denied");
        }
    }

    private Object call(String name, Object... values) {
        var types = Stream.of(values).map(Object::getClass).toArray(Class<?>[]::new);
        try {
            return backend.getClass().getMethod(name, types).invoke(backend, values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Points an integration's settings here. */
    void use(FilesRig rig) {
        rig.settings.put("bucket", BUCKET).put("endpoint", "http://127.0.0.1:" + call("port"));
        rig.secrets.put("accessKeyId", ID);
        rig.secrets.put("secretAccessKey", SECRET);
    }

    void put(String key, String... lines) {
        call("put", key, String.join("\n", lines).getBytes(StandardCharsets.UTF_8), "");
    }

    /** With a time of last change. */
    void put(String key, Instant time, String... lines) {
        times.put(key, time);
        put(key, lines);
    }

    void putGzip(String key, String line) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(line.getBytes(StandardCharsets.UTF_8));
        }
        call("put", key, bytes.toByteArray(), "gzip");
    }

    void remove(String key) {
        call("remove", key);
    }

    @Override
    public void close() {
        call("close");
    }
}
