package dev.outrider.vendor.aws;

import dev.outrider.integration.Integration;
import dev.outrider.integration.Secrets;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The keys an integration gives, or the SDK's default chain. */
public final class AwsKeys {
    private AwsKeys() {}

    /** @throws RunException {@code settings.invalid} where one of the two keys is missing */
    public static AwsCredentialsProvider of(Integration integration, Secrets secrets) {
        var id = secrets.of(integration, "accessKeyId");
        var secret = secrets.of(integration, "secretAccessKey");
        if (id.isEmpty() && secret.isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        if (id.isEmpty() || secret.isEmpty()) {
            throw new RunException(RunError.of(
                    "settings.invalid",
                    "integration " + integration.name() + ": the secret '"
                            + (id.isEmpty() ? "accessKeyId" : "secretAccessKey")
                            + "' is missing: give both or neither",
                    false));
        }
        var session = secrets.of(integration, "sessionToken");
        AwsCredentials pair = session.isPresent()
                ? AwsSessionCredentials.create(id.get(), secret.get(), session.get())
                : AwsBasicCredentials.create(id.get(), secret.get());
        return StaticCredentialsProvider.create(pair);
    }
}
