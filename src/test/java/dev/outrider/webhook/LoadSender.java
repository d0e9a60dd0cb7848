package dev.outrider.webhook;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Posts signed deliveries over many connections, one at a time on each, each another body. Plain sockets: the load must cost less than what it loads. */
public final class LoadSender {
    private static final byte[] FILL = "x".repeat(1900).getBytes(StandardCharsets.US_ASCII);

    private LoadSender() {}

    /**
     * @param rate accepted a second
     * @param p99 milliseconds from request to answer
     * @param refused answered otherwise than 2xx
     */
    public record Result(double rate, double p99, long refused) {}

    /** @param run makes the bodies different from those of another run */
    public static Result run(int port, String secret, int connections, int secs, int run)
            throws InterruptedException, ExecutionException {
        var threads = Executors.newFixedThreadPool(connections);
        try {
            long end = System.nanoTime() + secs * 1_000_000_000L;
            var senders = new ArrayList<Callable<Sent>>();
            for (int connection = 0; connection < connections; connection++) {
                var prefix = run + "-" + connection + "-";
                senders.add(() -> send(port, secret, prefix, end));
            }
            long begin = System.nanoTime();
            long accepted = 0;
            long refused = 0;
            long[] times = {};
            for (var sent : threads.invokeAll(senders)) {
                accepted += sent.get().accepted();
                refused += sent.get().refused();
                int before = times.length;
                times = Arrays.copyOf(times, before + sent.get().nanos().length);
                System.arraycopy(
                        sent.get().nanos(), 0, times, before, sent.get().nanos().length);
            }
            double took = (System.nanoTime() - begin) / 1e9;
            Arrays.sort(times);
            return new Result(accepted / took, times.length == 0 ? 0 : times[times.length * 99 / 100] / 1e6, refused);
        } finally {
            threads.shutdown();
        }
    }

    private record Sent(long accepted, long refused, long[] nanos) {}

    private static Sent send(int port, String secret, String prefix, long end) throws IOException {
        long accepted = 0;
        long refused = 0;
        var nanos = new long[1024];
        int count = 0;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            while (System.nanoTime() < end) {
                var request = request(secret, prefix + count);
                long begin = System.nanoTime();
                socket.getOutputStream().write(request);
                int status = answer(in);
                if (count == nanos.length) {
                    nanos = Arrays.copyOf(nanos, count * 2);
                }
                nanos[count++] = System.nanoTime() - begin;
                if (status / 100 == 2) {
                    accepted++;
                } else {
                    refused++;
                }
            }
        }
        return new Sent(accepted, refused, Arrays.copyOf(nanos, count));
    }

    private static byte[] request(String secret, String id) {
        var begin = ("{\"id\":\"" + id + "\",\"text\":\"").getBytes(StandardCharsets.US_ASCII);
        var body = Arrays.copyOf(begin, begin.length + FILL.length + 2);
        System.arraycopy(FILL, 0, body, begin.length, FILL.length);
        body[body.length - 2] = '"';
        body[body.length - 1] = '}';
        var head =
                ("POST /webhooks/bench HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nX-Signature: "
                                + Signatures.hex(Signatures.hmac("sha256", Signatures.utf8(secret), body))
                                + "\r\nContent-Length: "
                                + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        var request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /** Reads one answer to its end; its status. */
    private static int answer(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ")[1]);
        int length = 0;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
