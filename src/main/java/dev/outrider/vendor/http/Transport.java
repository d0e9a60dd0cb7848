package dev.outrider.vendor.http;

import dev.outrider.vendor.EgressGuard;
import dev.outrider.vendor.quota.Waiter;
import dev.outrider.vendor.spec.HttpSpec;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * One pooled Camel HTTP client: sends a request once and hands back whatever comes. Retries, redirects, cookies and waiting are not its
 * business, so that the engine sees every answer.
 */
public final class Transport implements AutoCloseable {
    /** The request target to the letter: Camel would write a vendor's own link anew. */
    private static final String TARGET = "X-Outrider-Target";

    /** Camel makes its request in the thread that asks for it and shows it to nobody. */
    private static final ThreadLocal<UnderWay> UNDER_WAY = new ThreadLocal<>();

    private final PoolingHttpClientConnectionManager connections;
    private final HttpEndpoint endpoint;
    private final Producer producer;

    /** @param name the integration, for messages */
    public Transport(CamelContext camel, String name, HttpSpec spec, EgressGuard guard) {
        connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new GuardedResolver(guard))
                .setMaxConnTotal(Math.max(2, spec.getConcurrency() + 2))
                .setMaxConnPerRoute(Math.max(2, spec.getConcurrency() + 2))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(spec.getConnectTimeoutSecs()))
                        .setSocketTimeout(Timeout.ofSeconds(spec.getResponseTimeoutSecs()))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                        .build())
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoTimeout(Timeout.ofSeconds(spec.getResponseTimeoutSecs()))
                        .build())
                .build();
        var request = RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.ofSeconds(spec.getCallTimeoutSecs()))
                .setResponseTimeout(Timeout.ofSeconds(spec.getResponseTimeoutSecs()))
                .setRedirectsEnabled(false)
                .build();
        var client = HttpClientBuilder.create()
                .setUserAgent("Outrider/" + version())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setDefaultRequestConfig(request)
                .addRequestInterceptorFirst((message, entity, context) -> {
                    var target = message.getFirstHeader(TARGET);
                    if (target != null) {
                        message.removeHeaders(TARGET);
                        message.setPath(target.getValue());
                    }
                })
                .addExecInterceptorFirst("under-way", (message, scope, chain) -> {
                    if (scope.originalRequest instanceof Cancellable cancellable) {
                        UNDER_WAY.get().is(cancellable);
                    }
                    return chain.proceed(message, scope);
                });
        try {
            var component = camel.getComponent("http", HttpComponent.class);
            endpoint = new HttpEndpoint(
                    "http://" + name, component, URI.create("http://outrider.invalid"), client, connections, null);
            endpoint.setCamelContext(camel);
            endpoint.setThrowExceptionOnFailure(false);
            endpoint.setFollowRedirects(false);
            endpoint.setCopyHeaders(false);
            endpoint.setDisableStreamCache(true);
            endpoint.setUserAgent("Outrider/" + version());
            endpoint.start();
            producer = endpoint.createProducer();
            producer.start();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP client of " + name + " cannot be made: " + e.getMessage(), e);
        }
    }

    /**
     * Sends one request and returns its answer, whatever its status.
     *
     * @param waiter the request is broken off, and fails, once it is no longer wanted
     */
    RawReply send(String method, URI uri, Map<String, String> headers, byte[] body, Waiter waiter) throws Exception {
        var exchange = endpoint.createExchange();
        var message = exchange.getMessage();
        headers.forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_METHOD, method);
        message.setHeader(Exchange.HTTP_URI, uri.getScheme() + "://" + uri.getRawAuthority() + "/");
        message.setHeader(TARGET, target(uri));
        message.setBody(body);
        var underWay = new UnderWay(waiter);
        try {
            return reply(exchange, underWay);
        } catch (Exception e) {
            underWay.close();
            throw e;
        }
    }

    private RawReply reply(Exchange exchange, UnderWay underWay) throws Exception {
        UNDER_WAY.set(underWay);
        try {
            producer.process(exchange);
        } finally {
            UNDER_WAY.remove();
        }
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        var answer = exchange.getMessage();
        int status = answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        var stream = answer.getBody() == null ? null : answer.getBody(InputStream.class);
        return new RawReply(
                status,
                Headers.of(answer.getHeaders()),
                stream == null ? InputStream.nullInputStream() : stream,
                underWay);
    }

    @Override
    public void close() {
        producer.stop();
        endpoint.stop();
        connections.close();
    }

    private static String target(URI uri) {
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }

    private static String version() {
        return ConfigProvider.getConfig()
                .getOptionalValue("quarkus.application.version", String.class)
                .orElse("dev");
    }

    /** Judges the address that is dialled, at the moment it is. */
    private record GuardedResolver(EgressGuard guard) implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            return guard.resolve(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            return host;
        }
    }
}
