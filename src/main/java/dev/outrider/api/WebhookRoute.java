package dev.outrider.api;

import dev.outrider.job.Lifecycle;
import dev.outrider.webhook.Admission;
import dev.outrider.webhook.Intake;
import dev.outrider.webhook.Received;
import dev.outrider.webhook.Settings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** {@code /webhooks/{name}} on bare Vert.x: signatures need the very bytes, and thousands a second the shortest way. */
@ApplicationScoped
public class WebhookRoute {
    private static final Logger LOG = Logger.getLogger(WebhookRoute.class);
    /** Beyond this a signature takes long enough to hold up the event loop. */
    private static final int LARGE_BYTES = 64 * 1024;

    private static final long LINGER_MILLIS = 1000;

    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private final Intake intake;
    private final Admission admission;
    private final Settings settings;
    private final Lifecycle lifecycle;

    @Inject
    public WebhookRoute(Intake intake, Admission admission, Settings settings, Lifecycle lifecycle) {
        this.intake = intake;
        this.admission = admission;
        this.settings = settings;
        this.lifecycle = lifecycle;
    }

    void routes(@Observes Router router) {
        router.post("/webhooks/:name").order(-1).handler(this::post);
        router.get("/webhooks/:name").order(-1).handler(this::get);
    }

    private void get(RoutingContext context) {
        if (!lifecycle.ready()) {
            busy(context);
            return;
        }
        // A placeholder of a secret may be looked up far away: not on the event loop.
        context.vertx()
                .executeBlocking(() -> intake.challenge(context.pathParam("name"), headers(context.request())))
                .onSuccess(answer -> send(context, answer))
                .onFailure(failure -> failed(context, failure));
    }

    private void post(RoutingContext context) {
        if (!lifecycle.ready() || !admission.open()) {
            busy(context);
            return;
        }
        var request = context.request();
        var body = new Body(context);
        context.addEndHandler(ended -> body.release());
        body.timer = context.vertx()
                .setTimer(TimeUnit.SECONDS.toMillis(settings.bodyTimeoutSecs()), late -> body.refuse(408));
        request.handler(body::add);
        request.exceptionHandler(broken -> body.release());
        request.endHandler(end -> body.end());
        request.resume();
        if (length(request) > settings.bodyMaxBytes()) {
            body.refuse(413);
        }
    }

    private static void close(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }

    /** What the sender says that it sends, in bytes; 0 where it does not say. */
    private static long length(HttpServerRequest request) {
        var said = request.getHeader("Content-Length");
        boolean number = said != null && said.length() <= 18 && said.chars().allMatch(Character::isDigit);
        return number && !said.isEmpty() ? Long.parseLong(said) : 0;
    }

    /** A body on its way: counted, bounded in size and time. */
    private final class Body {
        private final RoutingContext context;
        private final Buffer bytes = Buffer.buffer();
        private long timer;
        private long taken;
        private boolean over;

        Body(RoutingContext context) {
            this.context = context;
        }

        void add(Buffer chunk) {
            if (over) {
                return;
            }
            if (bytes.length() + (long) chunk.length() > settings.bodyMaxBytes()) {
                refuse(413);
                return;
            }
            taken += chunk.length();
            admission.take(chunk.length());
            bytes.appendBuffer(chunk);
        }

        void refuse(int status) {
            if (!over) {
                over = true;
                context.vertx().cancelTimer(timer);
                context.response().putHeader("Connection", "close");
                problem(context, status);
                // Whoever goes on sending is read for a moment, so that the answer arrives, and then cut off.
                context.vertx().setTimer(LINGER_MILLIS, late -> close(context.request()));
            }
        }

        void end() {
            if (over) {
                return;
            }
            over = true;
            context.vertx().cancelTimer(timer);
            accept(context, bytes.getBytes());
        }

        void release() {
            context.vertx().cancelTimer(timer);
            over = true;
            admission.give(taken);
            taken = 0;
        }
    }

    private void accept(RoutingContext context, byte[] body) {
        var request = context.request();
        Duration wait;
        try {
            var text = request.getParam("wait");
            wait = text == null ? Duration.ZERO : Duration.parse(text);
        } catch (DateTimeParseException e) {
            problem(context, 400);
            return;
        }
        var name = context.pathParam("name");
        var received = new Received(headers(request), body, certificate(request));
        boolean waits = wait.compareTo(Duration.ZERO) > 0;
        if (body.length <= LARGE_BYTES) {
            answer(context, intake.accept(name, received, waits), wait);
        } else {
            context.vertx()
                    .executeBlocking(() -> intake.accept(name, received, waits), false)
                    .onSuccess(answer -> answer(context, answer, wait))
                    .onFailure(failure -> failed(context, failure));
        }
    }

    private void answer(RoutingContext context, CompletionStage<Intake.Answer> accepted, Duration wait) {
        var here = context.vertx().getOrCreateContext();
        var future = accepted.toCompletableFuture();
        if (wait.compareTo(Duration.ZERO) > 0) {
            var bounded = wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
            future = intake.within(future, bounded);
        }
        future.whenComplete((answer, failure) -> here.runOnContext(now -> {
            if (failure == null) {
                send(context, answer);
            } else {
                failed(context, failure);
            }
        }));
    }

    private static void send(RoutingContext context, Intake.Answer answer) {
        if (answer.status() == 503) {
            busy(context);
        } else if (answer.status() >= 400) {
            problem(context, answer.status());
        } else if (!context.response().ended()) {
            context.response().setStatusCode(answer.status()).putHeader("Content-Type", answer.type());
            context.response().end(answer.body());
        }
    }

    private static void failed(RoutingContext context, Throwable failure) {
        LOG.errorf("a delivery could not be stored: %s", failure.getMessage());
        busy(context);
    }

    private static void busy(RoutingContext context) {
        context.response().putHeader("Retry-After", "1");
        problem(context, 503);
    }

    private static void problem(RoutingContext context, int status) {
        var response = context.response();
        if (!response.ended()) {
            response.setStatusCode(status).putHeader("Content-Type", "application/problem+json");
            response.end("{\"type\":\"about:blank\",\"status\":" + status + ",\"title\":\"" + title(status) + "\"}");
        }
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "A parameter cannot be read";
            case 401 -> "The signature is not valid";
            case 404 -> "There is no such webhook";
            case 408 -> "The body took too long";
            case 413 -> "The body is too large";
            default -> "Ask again in a moment";
        };
    }

    private static Map<String, String> headers(HttpServerRequest request) {
        var headers = new HashMap<String, String>();
        request.headers()
                .forEach(header -> headers.merge(
                        header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (one, two) -> one + "\n" + two));
        return headers;
    }

    private static String certificate(HttpServerRequest request) {
        if (!request.isSSL()) {
            return null;
        }
        try {
            var chain = request.sslSession().getPeerCertificates();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded()));
        } catch (java.security.GeneralSecurityException | javax.net.ssl.SSLPeerUnverifiedException e) {
            return null;
        }
    }
}
