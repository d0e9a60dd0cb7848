package dev.outrider.file.source;

import dev.outrider.integration.Secrets;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.BreakOff;
import dev.outrider.vendor.EgressGuard;
import dev.outrider.vendor.aws.AwsKeys;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.utils.IoUtils;

/** A client of one bucket with its credentials, for one run; every address it dials passes the egress guard. */
final class S3Access implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 4;

    private final S3Client client;
    private final AwsCredentialsProvider credentials;
    private final BreakOff breakOff;

    private S3Access(S3Client client, AwsCredentialsProvider credentials, BooleanSupplier cancelled) {
        this.client = client;
        this.credentials = credentials;
        this.breakOff = new BreakOff(cancelled, client::close);
    }

    /**
     * @param run nothing is waited for once it is cancelled
     * @throws RunException where secrets or region are wanting
     */
    static S3Access open(StreamRun run, SourceSettings settings, Secrets secrets, EgressGuard guard) {
        var integration = run.integration();
        var credentials = AwsKeys.of(integration, secrets);
        try {
            return new S3Access(client(settings, credentials, guard), credentials, run::cancelled);
        } catch (SdkClientException e) {
            closeQuietly(credentials);
            throw new RunException(
                    RunError.of(
                            "settings.invalid",
                            "integration " + integration.name()
                                    + ": the region of the bucket is not known: set 'region', such as eu-central-1",
                            false),
                    e);
        }
    }

    private static S3Client client(SourceSettings settings, AwsCredentialsProvider credentials, EgressGuard guard) {
        var builder = guarded(S3Client.builder(), guard)
                .credentialsProvider(credentials)
                .forcePathStyle(settings.pathStyle())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED);
        if (settings.endpoint() != null) {
            // Other makers' stores often know neither regions nor the newer checksums.
            builder.endpointOverride(settings.endpoint())
                    .region(Region.US_EAST_1)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        }
        if (settings.region() != null) {
            builder.region(Region.of(settings.region()));
        }
        return builder.build();
    }

    /** Limits of time and of attempts, and the guard at every address. */
    static <B extends AwsClientBuilder<B, ?> & SdkSyncClientBuilder<B, ?>> B guarded(B builder, EgressGuard guard) {
        var retries = AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(ATTEMPTS)
                .build();
        return builder.httpClientBuilder(ApacheHttpClient.builder()
                        .dnsResolver(guard::resolve)
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .overrideConfiguration(
                        override -> override.retryStrategy(retries).apiCallAttemptTimeout(SILENCE));
    }

    S3Client client() {
        return client;
    }

    AwsCredentialsProvider credentials() {
        return credentials;
    }

    private static void closeQuietly(AwsCredentialsProvider credentials) {
        if (credentials instanceof AutoCloseable closeable) {
            IoUtils.closeQuietlyV2(closeable, null);
        }
    }

    @Override
    public void close() {
        breakOff.close();
        client.close();
        closeQuietly(credentials);
    }
}
