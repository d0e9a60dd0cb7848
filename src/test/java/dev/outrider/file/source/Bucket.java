package dev.outrider.file.source;

import dev.outrider.file.FilesRig;
import dev.outrider.vendor.aws.Moto;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A bucket of {@code moto_server} that tells a queue of new objects, and the dead-letter queue behind that. */
final class Bucket implements AutoCloseable {
    final String name = "drop-" + UUID.randomUUID();
    final String queue;
    final String dead;

    private final S3Client s3;
    private final SqsClient sqs;
    private final URI endpoint;

    /** @param mostReceived how often a message may be received before it is moved to the dead-letter queue */
    Bucket(Moto moto, int mostReceived) {
        this(moto, URI.create(moto.url()), mostReceived);
    }

    /** @param queues another server for the queues; the store itself tells it nothing */
    Bucket(Moto moto, URI queues, int mostReceived) {
        endpoint = URI.create(moto.url());
        var keys = StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
        s3 = S3Client.builder()
                .endpointOverride(endpoint)
                .credentialsProvider(keys)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .build();
        sqs = SqsClient.builder()
                .endpointOverride(queues)
                .credentialsProvider(keys)
                .region(Region.US_EAST_1)
                .build();
        s3.createBucket(request -> request.bucket(name));
        dead = sqs.createQueue(request -> request.queueName(name + "-dead")).queueUrl();
        var policy = "{\"deadLetterTargetArn\":\"" + arn(dead) + "\",\"maxReceiveCount\":" + mostReceived + "}";
        queue = sqs.createQueue(request ->
                        request.queueName(name).attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, policy)))
                .queueUrl();
    }

    private String arn(String url) {
        return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }

    /** From now on the store itself sends what happens; first of all its test event. */
    void tell() {
        var arn = arn(queue);
        s3.putBucketNotificationConfiguration(request -> request.bucket(name)
                .notificationConfiguration(
                        all -> all.queueConfigurations(one -> one.queueArn(arn).events(Event.S3_OBJECT_CREATED))));
    }

    void use(FilesRig rig) {
        rig.settings.put("bucket", name).put("endpoint", endpoint.toString()).put("queueUrl", queue);
        rig.secrets.put("accessKeyId", "test");
        rig.secrets.put("secretAccessKey", "test");
    }

    void put(String key, String... lines) {
        s3.putObject(request -> request.bucket(name).key(key), RequestBody.fromString(String.join("\n", lines)));
    }

    void remove(String key) {
        s3.deleteObject(request -> request.bucket(name).key(key));
    }

    void send(String body) {
        sqs.sendMessage(request -> request.queueUrl(queue).messageBody(body));
    }

    /** A notification of the store, such as {@code in/a+b.nessus} for a space. */
    String event(String formEncodedKey) {
        return "{\"Records\":[{\"eventVersion\":\"2.1\",\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\""
                + name + "\"},\"object\":{\"key\":\"" + formEncodedKey + "\",\"size\":1}}}]}";
    }

    /** Messages in the queue, hidden ones too. */
    /** What waits and what is hidden, asked at once: between two questions one may become the other. */
    int messages() {
        return sqs
                .getQueueAttributes(request -> request.queueUrl(queue)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes()
                .values()
                .stream()
                .mapToInt(Integer::parseInt)
                .sum();
    }

    /** What another reader gets of a queue, once and without waiting. */
    List<String> received(String url) {
        return sqs.receiveMessage(request -> request.queueUrl(url)).messages().stream()
                .map(Message::body)
                .toList();
    }

    @Override
    public void close() {
        s3.close();
        sqs.close();
    }
}
