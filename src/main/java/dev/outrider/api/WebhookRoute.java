package dev.outrider.api;

import dev.outrider.job.Lifecycle;
import dev.outrider.webhook.Admission;
import dev.outrider.webhook.Intake;
import dev.outrider.webhook.Received;
import dev.outrider.webhook.Settings;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
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
import org.jboss.logging.Logger;

/** {@code /webhooks/{name}} on bare Vert.x: signatures need the very bytes, and thousands a second the shortest way. */
@ApplicationScoped
public class WebhookRoute implements WebhookBody.Taker {
    private static final Logger LOG = Logger.getLogger(WebhookRoute.class);
    private static final String PATH = "/webhooks/";
    /**
     * Behind what an operator may set for all answers (headers, CORS, the access log), and before what Quarkus does for resources, which every
     * delivery would pay for.
     */
    private static final int ORDER = Integer.MIN_VALUE + 2;
    /** Beyond this a signature takes long enough to hold up the event loop. */
    private static final int LARGE_BYTES = 64 * 1024;

    private static final long LINGER_MILLIS = 1000;

    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private final Intake intake;
    private final Admission admission;
    private final Settings settings;
    private final Lifecycle lifecycle;
    private final WebhookAnswers answers;
    private final Vertx vertx;
    private final ThreadLocal<WebhookLoop> loops;

    @Inject
    public WebhookRoute(
            Intake intake,
            Admission admission,
            Settings settings,
            Lifecycle lifecycle,
            WebhookAnswers answers,
            Vertx vertx) {
        this.intake = intake;
        this.admission = admission;
        this.settings = settings;
        this.lifecycle = lifecycle;
        this.answers = answers;
        this.vertx = vertx;
        this.loops = ThreadLocal.withInitial(() -> WebhookLoop.begin(vertx, settings.bodyTimeoutSecs()));
    }

    void routes(@Observes Router router) {
        router.route(PATH + "*").order(ORDER).handler(this::handle);
    }

    private void handle(RoutingContext context) {
        var name = name(context.normalizedPath());
        var method = context.request().method();
        if (name.isEmpty() || method != HttpMethod.POST && method != HttpMethod.GET) {
            context.next();
        } else if (!lifecycle.ready() || method == HttpMethod.POST && !admission.open()) {
            answers.busy(context.response(), System.nanoTime());
        } else if (method == HttpMethod.POST) {
            new WebhookBody(name, context.request(), this, admission, loops.get(), settings.bodyMaxBytes()).read();
        } else {
            get(context.request(), name);
        }
    }

    /** The one segment behind ours; empty where there is none, or more. */
    private static String name(String path) {
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        var name = end <= PATH.length() ? "" : path.substring(PATH.length(), end);
        return name.indexOf('/') < 0 ? name : "";
    }

    private void get(HttpServerRequest request, String name) {
        long began = System.nanoTime();
        // A placeholder of a secret may be looked up far away: not on the event loop.
        vertx.executeBlocking(() -> intake.challenge(name, headers(request.headers())))
                .onSuccess(answer -> answers.send(request.response(), answer, began))
                .onFailure(failure -> failed(request.response(), failure, began));
    }

    @Override
    public void refused(WebhookBody body, int status) {
        var request = body.request();
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        answers.problem(request.response(), status, body.began());
        // Whoever goes on sending is read for a moment, so that the answer arrives, and then cut off.
        vertx.setTimer(LINGER_MILLIS, late -> close(request));
    }

    private static void close(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }

    @Override
    public void whole(WebhookBody body, byte[] bytes) {
        var request = body.request();
        Duration wait;
        try {
            var text = request.query() == null ? null : request.getParam("wait");
            wait = text == null ? Duration.ZERO : Duration.parse(text);
        } catch (DateTimeParseException e) {
            answers.problem(request.response(), 400, body.began());
            body.release();
            return;
        }
        var received = new Received(headers(request.headers()), bytes, certificate(request));
        boolean waits = wait.compareTo(Duration.ZERO) > 0;
        if (bytes.length <= LARGE_BYTES) {
            answer(body, intake.accept(body.name(), received, waits), wait);
        } else {
            vertx.executeBlocking(() -> intake.accept(body.name(), received, waits), false)
                    .onSuccess(answer -> answer(body, answer, wait))
                    .onFailure(failure -> answered(body, null, failure));
        }
    }

    private void answer(WebhookBody body, CompletionStage<Intake.Answer> accepted, Duration wait) {
        var future = accepted.toCompletableFuture();
        if (wait.compareTo(Duration.ZERO) > 0) {
            var bounded = wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
            future = intake.within(future, bounded);
        }
        future.whenComplete((answer, failure) -> body.loop().answer(() -> answered(body, answer, failure)));
    }

    private void answered(WebhookBody body, Intake.Answer answer, Throwable failure) {
        var response = body.request().response();
        if (failure == null) {
            answers.send(response, answer, body.began());
        } else {
            failed(response, failure, body.began());
        }
        body.release();
    }

    private void failed(HttpServerResponse response, Throwable failure, long began) {
        LOG.errorf("a delivery could not be stored: %s", failure.getMessage());
        answers.busy(response, began);
    }

    private static Map<String, String> headers(MultiMap sent) {
        var headers = new HashMap<String, String>();
        sent.forEach((name, value) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            var before = headers.put(lower, value);
            if (before != null) {
                headers.put(lower, before + "\n" + value);
            }
        });
        return headers;
    }

    private static String certificate(HttpServerRequest request) {
        // Of the connection: what a proxy says of its own client proves nothing here.
        if (!request.connection().isSsl()) {
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
