package dev.outrider.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.OutriderProcess;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections whose headers do not end, against the packaged application. */
class HeadersIT {
    private static final String WHOLE = "GET /webhooks/nobody HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String HALF = "POST /webhooks/nobody HTTP/1.1\r\nHost: localhost\r\nX-Half: ";

    @TempDir
    static Path folder;

    private static OutriderProcess outrider;

    @BeforeAll
    static void start() {
        outrider = new OutriderProcess(folder.resolve("data"))
                .with("OUTRIDER_HTTP_HEADERS_TIMEOUT_SECS", "2")
                .with("OUTRIDER_WEBHOOKS_BODY_TIMEOUT_SECS", "5")
                .declaring("integrations: []\n")
                .start();
    }

    @AfterAll
    static void stop() {
        outrider.close();
    }

    @Test
    void cutsOffAConnectionThatSendsHalfOfItsHeadersAndStops() throws IOException {
        for (var begin : new String[] {"G", "PRI * HT", HALF}) {
            try (var socket = open()) {
                send(socket, begin);

                assertThat(socket.getInputStream().read()).as(begin).isEqualTo(-1);
            }
        }
    }

    @Test
    void cutsOffAConnectionThatSendsAByteNowAndThen() throws IOException {
        try (var socket = open()) {
            send(socket, HALF);
            trickles(socket);
        }
    }

    @Test
    void cutsOffTheHeadersOfALaterRequestToo() throws IOException {
        try (var socket = open()) {
            send(socket, WHOLE);
            answer(socket, 404);
            trickles(socket);
        }
    }

    @Test
    void leavesAConnectionAloneThatRestsBetweenRequestsOrTakesLongerForABody() throws IOException {
        try (var resting = open();
                var silent = open();
                var sending = open()) {
            send(resting, WHOLE);
            answer(resting, 404);
            send(sending, "POST /webhooks/nobody HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
            sending.setSoTimeout(20_000);
            assertThat(status(sending)).as("the limit of bodies").isEqualTo(408);

            for (var socket : new Socket[] {resting, silent}) {
                send(socket, WHOLE);
                answer(socket, 404);
            }
        }
    }

    /** Sends a byte again and again until the other side closes, which it must. */
    private static void trickles(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        Awaitility.await("cut off")
                .atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    try {
                        send(socket, "x");
                        return socket.getInputStream().read() < 0;
                    } catch (SocketTimeoutException open) {
                        return false;
                    } catch (SocketException closed) {
                        return true;
                    }
                });
    }

    private static Socket open() throws IOException {
        var socket = new Socket("127.0.0.1", URI.create(outrider.url()).getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Reads one answer to its end. */
    private static void answer(Socket socket, int status) throws IOException {
        assertThat(status(socket)).isEqualTo(status);
        var text = new StringBuilder();
        while (text.indexOf("}") < 0) {
            text.append((char) socket.getInputStream().read());
        }
    }

    private static int status(Socket socket) throws IOException {
        var line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        assertThat(line).startsWith("HTTP/1.1 ");
        return Integer.parseInt(line.substring(9));
    }
}
