package dev.outrider.file.source;

import dev.outrider.record.RunError;
import dev.outrider.vendor.EgressGuard;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What is asked of one queue; throws as the SDK does. */
final class SqsCalls implements AutoCloseable {
    private static final Pattern REGION = Pattern.compile("(?:^|[.])sqs[.]([a-z0-9-]+)[.]");
    private static final int BATCH = 10;

    /** Long enough that every server of the queue is asked, so that nothing received means that nothing is there. */
    private static final int WAIT_SECS = 1;

    /** How long the calls at the end of a run may take, which a shutdown waits for. */
    private static final Duration LAST = Duration.ofSeconds(2);

    private final SourceSettings settings;
    private final AwsCredentialsProvider credentials;
    private final EgressGuard guard;
    private final String url;
    private final SqsClient client;

    SqsCalls(SourceSettings settings, AwsCredentialsProvider credentials, EgressGuard guard) {
        this(settings, credentials, guard, null);
    }

    private SqsCalls(
            SourceSettings settings, AwsCredentialsProvider credentials, EgressGuard guard, Duration callTimeout) {
        this.settings = settings;
        this.credentials = credentials;
        this.guard = guard;
        this.url = settings.queueUrl().toString();
        var builder = S3Access.guarded(SqsClient.builder(), guard);
        this.client = builder.credentialsProvider(credentials)
                .endpointOverride(settings.queueUrl().resolve("/"))
                .region(region(settings))
                .overrideConfiguration(builder.overrideConfiguration().toBuilder()
                        .apiCallTimeout(callTimeout)
                        .build())
                .build();
    }

    /** Calls of their own for the end of a run: these may have been broken off. */
    SqsCalls last() {
        return new SqsCalls(settings, credentials, guard, LAST);
    }

    /** The queue's own, which its address tells; the bucket's elsewhere. */
    private static Region region(SourceSettings settings) {
        var named = REGION.matcher(settings.queueUrl().getHost());
        if (named.find()) {
            return Region.of(named.group(1));
        }
        return settings.region() == null ? Region.US_EAST_1 : Region.of(settings.region());
    }

    List<S3Message> receive() {
        return client
                .receiveMessage(request -> request.queueUrl(url)
                        .maxNumberOfMessages(BATCH)
                        .waitTimeSeconds(WAIT_SECS)
                        .visibilityTimeout((int) settings.visibility().toSeconds()))
                .messages()
                .stream()
                .map(message -> new S3Message(message.messageId(), message.body(), message.receiptHandle()))
                .toList();
    }

    void delete(S3Message message) {
        client.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receipt()));
    }

    /** For how long, from now, the messages are hidden. */
    void show(Collection<S3Message> messages, Duration hidden) {
        var all = new ArrayList<>(messages);
        for (int from = 0; from < all.size(); from += BATCH) {
            var some = all.subList(from, Math.min(all.size(), from + BATCH));
            client.changeMessageVisibilityBatch(request -> request.queueUrl(url).entries(entries(some, hidden)));
        }
    }

    private static List<ChangeMessageVisibilityBatchRequestEntry> entries(List<S3Message> messages, Duration hidden) {
        var entries = new ArrayList<ChangeMessageVisibilityBatchRequestEntry>();
        for (var message : messages) {
            entries.add(ChangeMessageVisibilityBatchRequestEntry.builder()
                    .id(String.valueOf(entries.size()))
                    .receiptHandle(message.receipt())
                    .visibilityTimeout((int) hidden.toSeconds())
                    .build());
        }
        return entries;
    }

    String check() {
        var attributes = client.getQueueAttributes(
                        request -> request.queueUrl(url).attributeNames(QueueAttributeName.REDRIVE_POLICY))
                .attributes();
        return "the queue answers"
                + (attributes.containsKey(QueueAttributeName.REDRIVE_POLICY)
                        ? ""
                        : "; it has no redrive policy, so a message that nobody understands is reported by every run");
    }

    /** @param doing what was tried, such as {@code reading the queue} */
    RunError error(SdkException e, String doing) {
        var what = doing + " " + Names.show(URI.create(url).getPath());
        if (e instanceof AwsServiceException answered) {
            var code = S3Errors.code(answered);
            if (code.contains("QueueDoesNotExist") || code.contains("NonExistentQueue")) {
                return RunError.of(
                        "vendor.not_found",
                        what + " failed: there is no such queue; correct 'queueUrl'",
                        false,
                        answered.statusCode());
            }
            if (code.startsWith("AccessDenied")) {
                return RunError.of(
                        "vendor.forbidden",
                        what + " failed: the credentials may not do that; allow sqs:ReceiveMessage, sqs:DeleteMessage,"
                                + " sqs:ChangeMessageVisibility and sqs:GetQueueAttributes on the queue",
                        false,
                        answered.statusCode());
            }
        }
        return S3Errors.of(e, what);
    }

    @Override
    public void close() {
        client.close();
    }
}
