package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.vendor.BreakOff;
import dev.outrider.vendor.EgressGuard;
import dev.outrider.vendor.quota.Waiter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.IoUtils;

/**
 * The clients of one run: one for each account, region and service, since the SDK's adaptive retries reckon with one limited resource a
 * client. All share one connection pool, whose every dial passes the egress guard.
 */
final class AwsAccess implements AutoCloseable {
    private static final Duration ATTEMPT = Duration.ofSeconds(60);
    private static final Duration CALL = Duration.ofMinutes(5);

    /** The pauses before them, each up to twice as long as the last, come to half a minute where a service is throttled. */
    private static final int ATTEMPTS = 8;

    private static final AwsCall IDENTITY = AwsCall.of("sts/getCallerIdentity");

    private final AwsSettings settings;
    private final AwsCredentialsProvider base;
    private final SdkHttpClient http;
    private final Map<String, SdkClient> clients = new ConcurrentHashMap<>();
    private final Map<String, AwsCredentialsProvider> roles = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> regions = new ConcurrentHashMap<>();
    private final Waiter waiter;
    private final BreakOff breakOff;
    private List<ObjectNode> accounts;
    private Identity own;

    /**
     * Whom the credentials belong to.
     *
     * @param partition aws, aws-cn, aws-us-gov …
     */
    record Identity(String account, String partition) {}

    /** @param waiter no call is waited for once it is gone */
    AwsAccess(AwsSettings settings, AwsCredentialsProvider keys, EgressGuard guard, Waiter waiter) {
        this.settings = settings;
        this.waiter = waiter;
        this.http = ApacheHttpClient.builder()
                .dnsResolver(host -> resolve(settings, guard, host))
                .maxConnections(64)
                .connectionTimeout(Duration.ofSeconds(10))
                .socketTimeout(ATTEMPT)
                .build();
        this.breakOff = new BreakOff(waiter.cancelled(), http::close);
        this.base = settings.hubRoleArn() == null ? keys : assume(settings.hubRoleArn(), null, keys, "keys");
    }

    AwsSettings settings() {
        return settings;
    }

    /** @throws RunException where the credentials are refused or nothing answers */
    synchronized Identity identity() {
        if (own == null) {
            try {
                var answer = call(
                        client("sts", base, settings.homeRegion(), "base"),
                        IDENTITY,
                        JsonNodeFactory.instance.objectNode());
                var arn = answer.path("Arn").asText().split(":", 6);
                own = new Identity(answer.path("Account").asText(), arn.length > 1 ? arn[1] : "aws");
            } catch (SdkException e) {
                throw AwsErrors.of(e, IDENTITY, "");
            }
        }
        return own;
    }

    /**
     * Calls in an account; its role is assumed where there is one to be.
     *
     * @throws SdkException as the SDK does
     */
    ObjectNode call(AwsCall call, String account, String region, ObjectNode request) {
        return call(client(call.service(), credentials(account), region, account), call, request);
    }

    private ObjectNode call(SdkClient client, AwsCall call, ObjectNode request) {
        try {
            return AwsOperations.call(client, call, request);
        } catch (RuntimeException e) {
            // What a call that was broken off says is of no interest.
            waiter.check();
            throw e;
        }
    }

    /** The accounts to visit, asked for once by {@code ask}: Organizations answers few calls a second. */
    synchronized List<ObjectNode> accounts(Supplier<List<ObjectNode>> ask) {
        if (accounts == null) {
            accounts = List.copyOf(ask.get());
        }
        return accounts;
    }

    /** Whether an account's credentials are good still, which needs no permission to ask: not so, it is thrown. */
    void tryCredentials(String account) {
        try {
            call(IDENTITY, account, settings.homeRegion(), JsonNodeFactory.instance.objectNode());
        } catch (SdkException e) {
            throw AwsErrors.of(e, IDENTITY, " in account " + account);
        }
    }

    /** An account's enabled regions, asked for once by {@code ask}. */
    Set<String> regions(String account, Supplier<Set<String>> ask) {
        return regions.computeIfAbsent(account, id -> ask.get());
    }

    /** Forgets an account's clients. */
    void leave(String account) {
        clients.entrySet().removeIf(entry -> {
            boolean theirs = entry.getKey().startsWith(account + "/");
            if (theirs) {
                entry.getValue().close();
            }
            return theirs;
        });
    }

    private AwsCredentialsProvider credentials(String account) {
        if (settings.roleName() == null || account.equals(identity().account())) {
            if (!account.equals(identity().account())) {
                throw new RunException(RunError.of(
                        "settings.invalid",
                        "account " + account
                                + " is not that of the credentials: set 'roleName', the role to assume there",
                        false));
            }
            return base;
        }
        return roles.computeIfAbsent(
                account,
                id -> assume(
                        "arn:" + identity().partition() + ":iam::" + id + ":role/" + settings.roleName(),
                        settings.externalId(),
                        base,
                        "base"));
    }

    private AwsCredentialsProvider assume(String role, String externalId, AwsCredentialsProvider by, String owner) {
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient((StsClient) client("sts", by, settings.homeRegion(), owner))
                .refreshRequest(request ->
                        request.roleArn(role).roleSessionName("outrider").externalId(externalId))
                .build();
    }

    private SdkClient client(String service, AwsCredentialsProvider credentials, String region, String owner) {
        return clients.computeIfAbsent(owner + "/" + region + "/" + service, key -> {
            var builder = AwsServices.builder(service, settings.endpoint());
            builder.region(Region.of(region))
                    .credentialsProvider(credentials)
                    .overrideConfiguration(
                            override -> override.retryStrategy(AwsRetryStrategy.adaptiveRetryStrategy().toBuilder()
                                            .maxAttempts(ATTEMPTS)
                                            .build())
                                    .apiCallAttemptTimeout(ATTEMPT)
                                    .apiCallTimeout(CALL));
            ((SdkSyncClientBuilder<?, ?>) builder).httpClient(http);
            return (SdkClient) builder.build();
        });
    }

    /** Only Amazon's hosts, or the one that the settings name. */
    private static InetAddress[] resolve(AwsSettings settings, EgressGuard guard, String host)
            throws UnknownHostException {
        boolean theirs = settings.endpoint() == null
                ? host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn") || host.endsWith(".api.aws")
                : host.equalsIgnoreCase(settings.endpoint().getHost());
        if (!theirs) {
            throw new RunException(
                    RunError.of(EgressGuard.CODE, host + " is no host of AWS nor that of 'endpoint'", false));
        }
        return guard.resolve(host);
    }

    @Override
    public void close() {
        breakOff.close();
        clients.values().forEach(SdkClient::close);
        for (var provider : roles.values()) {
            if (provider instanceof AutoCloseable closeable) {
                IoUtils.closeQuietlyV2(closeable, null);
            }
        }
        if (base instanceof AutoCloseable closeable) {
            IoUtils.closeQuietlyV2(closeable, null);
        }
        http.close();
    }
}
