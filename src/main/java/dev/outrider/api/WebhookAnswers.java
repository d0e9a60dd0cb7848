package dev.outrider.api;

import dev.outrider.webhook.Intake;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Answers to deliveries, and how long they took, by status. */
@Singleton
public class WebhookAnswers {
    private final MeterRegistry meters;
    private final Map<Integer, Timer> timers = new ConcurrentHashMap<>();

    @Inject
    public WebhookAnswers(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param began when the request came, by {@link System#nanoTime} */
    void send(HttpServerResponse response, Intake.Answer answer, long began) {
        if (answer.status() == 503) {
            busy(response, began);
        } else if (answer.status() >= 400) {
            problem(response, answer.status(), began);
        } else {
            end(response, answer.status(), answer.type(), answer.body(), began);
        }
    }

    /** The sender is to come again. */
    void busy(HttpServerResponse response, long began) {
        response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        problem(response, 503, began);
    }

    void problem(HttpServerResponse response, int status, long began) {
        end(
                response,
                status,
                "application/problem+json",
                "{\"type\":\"about:blank\",\"status\":" + status + ",\"title\":\"" + title(status) + "\"}",
                began);
    }

    private void end(HttpServerResponse response, int status, String type, String body, long began) {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type);
            response.end(body);
            timers.computeIfAbsent(status, this::timer).record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
    }

    private Timer timer(int status) {
        return Timer.builder("outrider.webhook.answers")
                .description("Time from the headers of a delivery to its answer")
                .tag("status", Integer.toString(status))
                .register(meters);
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
}
