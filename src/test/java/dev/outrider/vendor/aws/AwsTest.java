package dev.outrider.vendor.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.capability.VendorRig;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.organizations.OrganizationsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3control.S3ControlClient;
import software.amazon.awssdk.services.securityhub.SecurityHubClient;
import software.amazon.awssdk.services.securityhub.model.AwsSecurityFinding;

/** The aws class against moto, whose authors never saw it: several accounts, several regions. */
class AwsTest {
    private static final String OTHER = "222233334444";
    private static final String BLOCKING = "333344445555";

    @TempDir
    static Path folder;

    private static Moto moto;
    private static VendorRig rig;
    private static String member;
    private static String otherZone;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Moto.present() || System.getenv("CI") != null,
                "moto_server is not on the PATH: the aws class is not tested on this machine");
        moto = Moto.start(folder.resolve("moto.log"));
        rig = new VendorRig(
                folder, "aws", moto.url(), Map.of("accessKeyId", "test", "secretAccessKey", "test"), descriptor -> {});
        seed();
    }

    @AfterAll
    static void stop() {
        if (rig != null) {
            rig.close();
        }
        if (moto != null) {
            moto.close();
        }
    }

    private static void seed() {
        try (var organizations = moto.client("organizations", "us-east-1", OrganizationsClient.class)) {
            organizations.createOrganization(request -> request.featureSet("ALL"));
            member = organizations
                    .createAccount(
                            request -> request.email("dev@outrider.example").accountName("dev"))
                    .createAccountStatus()
                    .accountId();
        }
        for (var region : List.of("eu-central-1", "us-west-2")) {
            try (var ec2 = moto.client("ec2", region, Ec2Client.class)) {
                ec2.allocateAddress(request -> request.domain("vpc"));
                ec2.runInstances(
                        request -> request.imageId("ami-12c6146b").minCount(1).maxCount(1));
            }
        }
        try (var ec2 = moto.client("ec2", "eu-central-1", moto.in(OTHER), Ec2Client.class)) {
            ec2.allocateAddress(request -> request.domain("vpc"));
        }
        try (var s3 = moto.client("s3", "us-east-1", S3Client.class)) {
            s3.createBucket(request -> request.bucket("outrider-closed"));
            s3.createBucket(request -> request.bucket("outrider-open"));
            s3.putBucketAcl(request -> request.bucket("outrider-open").acl("public-read"));
            for (var bucket : List.of("outrider-policy", "outrider-policy-blocked")) {
                s3.createBucket(request -> request.bucket(bucket));
                s3.putBucketPolicy(request -> request.bucket(bucket)
                        .policy(
                                """
                        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": "s3:PutObject",
                         "Resource": "arn:aws:s3:::%s/*"}}"""
                                        .formatted(bucket)));
            }
            s3.putPublicAccessBlock(request -> request.bucket("outrider-policy-blocked")
                    .publicAccessBlockConfiguration(block -> block.restrictPublicBuckets(true)));
        }
        try (var route53 = moto.client("route53", "us-east-1", moto.in(OTHER), Route53Client.class)) {
            otherZone = route53.createHostedZone(
                            request -> request.name("other.example").callerReference("2"))
                    .hostedZone()
                    .id()
                    .replace("/hostedzone/", "");
        }
        try (var route53 = moto.client("route53", "us-east-1", Route53Client.class)) {
            var zone = route53.createHostedZone(
                            request -> request.name("outrider.example").callerReference("1"))
                    .hostedZone()
                    .id();
            for (int n = 0; n < 320; n++) {
                int host = n;
                route53.changeResourceRecordSets(request -> request.hostedZoneId(zone)
                        .changeBatch(batch -> batch.changes(change -> change.action(ChangeAction.CREATE)
                                .resourceRecordSet(set -> set.name("host" + host + ".outrider.example")
                                        .type(RRType.A)
                                        .ttl(60L)
                                        .resourceRecords(record -> record.value("198.51.100." + host % 250))))));
            }
        }
    }

    private static Map<String, Object> settings(Object... more) {
        var settings = new java.util.HashMap<String, Object>(Map.of("endpoint", moto.url()));
        for (int n = 0; n < more.length; n += 2) {
            settings.put((String) more[n], more[n + 1]);
        }
        return settings;
    }

    private static Set<String> names(String kind, String field) {
        return rig.records().stream()
                .map(line -> line.path("data"))
                .filter(data -> data.path("kind").asText().equals(kind))
                .map(data -> data.path(field).asText())
                .collect(Collectors.toSet());
    }

    private static List<JsonNode> resources(String type) {
        return rig.records().stream()
                .map(line -> line.path("data"))
                .filter(data -> data.path("resourceType").asText().equals(type))
                .toList();
    }

    @Test
    void findsTheAccountsOfAnOrganization() {
        rig.as("organization", settings("accounts", "organization", "roleName", "OutriderReadOnly"));

        var run = rig.collect("accounts");

        assertThat(run.errors()).isEmpty();
        assertThat(names("cloudresource", "account")).contains("123456789012", member);
    }

    @Test
    void visitsEveryEnabledRegionOfEveryAccount() {
        rig.as("estate", settings("accounts", List.of("123456789012", OTHER), "roleName", "OutriderReadOnly"));

        var run = rig.collect("resources");

        assertThat(run.errors()).extracting(RunError::message).isEmpty();
        assertThat(run.isPartial()).isFalse();
        assertThat(resources("AWS::EC2::EIP"))
                .extracting(eip ->
                        eip.path("account").asText() + " " + eip.path("region").asText())
                .containsExactlyInAnyOrder(
                        "123456789012 eu-central-1", "123456789012 us-west-2", OTHER + " eu-central-1");
        assertThat(resources("AWS::EC2::Instance")).hasSize(2);
        assertThat(names("asset", "dns")).contains("host0.outrider.example", "host319.outrider.example");
    }

    @Test
    void tellsAnOpenBucketFromAClosedOne() {
        rig.as("buckets", settings("regions", List.of("us-east-1")));

        rig.collect("resources");

        assertThat(resources("AWS::S3::Bucket"))
                .filteredOn(bucket -> bucket.path("properties").path("public").asBoolean())
                .extracting(bucket -> bucket.path("name").asText())
                .containsExactlyInAnyOrder("outrider-open", "outrider-policy");
        assertThat(names("risk", "name")).containsExactly("aws-s3-bucket-public");
        assertThat(names("risk", "proof")).as("each bucket has its own").hasSize(2);
        assertThat(names("risk", "status"))
                .as("one lets everybody read, the other write")
                .containsExactlyInAnyOrder("TM", "TC");
    }

    @Test
    void tellsNoBucketAsOpenWhereTheAccountBlocksThemAll() {
        try (var s3 = moto.client("s3", "us-east-1", moto.in(BLOCKING), S3Client.class);
                var control = moto.client("s3control", "us-east-1", moto.in(BLOCKING), S3ControlClient.class)) {
            for (var bucket : List.of("outrider-blocked-1", "outrider-blocked-2")) {
                s3.createBucket(request -> request.bucket(bucket));
                s3.putBucketAcl(request -> request.bucket(bucket).acl("public-read"));
            }
            control.putPublicAccessBlock(request ->
                    request.accountId(BLOCKING).publicAccessBlockConfiguration(block -> block.ignorePublicAcls(true)));
        }
        rig.as(
                "blocking",
                settings(
                        "regions",
                        List.of("us-east-1"),
                        "accounts",
                        List.of(BLOCKING),
                        "roleName",
                        "OutriderReadOnly"));

        var run = rig.collect("resources");

        assertThat(run.errors()).extracting(RunError::message).isEmpty();
        assertThat(resources("AWS::S3::Bucket"))
                .hasSize(2)
                .allMatch(bucket -> !bucket.path("properties").path("public").asBoolean(true))
                .allMatch(bucket -> bucket.at("/properties/accountPublicAccessBlock/IgnorePublicAcls")
                        .asBoolean());
        assertThat(names("risk", "name")).isEmpty();
    }

    @Test
    void sendsNothingTwiceWhenASweepIsResumed() {
        rig.as("resumed", settings("regions", List.of("eu-central-1", "us-west-2")));
        rig.collect(
                "resources", false, () -> !resources("AWS::Route53::HostedZone").isEmpty());

        var run = rig.collect("resources");

        assertThat(run.isPartial()).isFalse();
        assertThat(resources("AWS::EC2::Instance"))
                .as("what was listed before is not listed again")
                .hasSize(2);
        assertThat(names("asset", "dns")).as("what was not, is").contains("host319.outrider.example");
        assertThat(rig.records().stream().map(line -> line.path("id").asText())).doesNotHaveDuplicates();

        rig.collect("resources");

        assertThat(resources("AWS::EC2::Instance"))
                .as("the run after that sees everything anew")
                .hasSize(4);
    }

    @Test
    void turnsOpenFindingsIntoRisksAndLeavesClosedOnes() throws Exception {
        var json = new ObjectMapper();
        moto.findings(
                "eu-central-1",
                (ObjectNode)
                        json.readTree(
                                """
                {"findingArn": "arn:aws:inspector2:eu-central-1:123456789012:finding/1", "awsAccountId": "123456789012",
                 "type": "PACKAGE_VULNERABILITY", "status": "ACTIVE", "severity": "HIGH", "inspectorScore": 7.5,
                 "title": "CVE-2026-0001 - demo", "description": "A flaw.",
                 "packageVulnerabilityDetails": {"vulnerabilityId": "CVE-2026-0001", "source": "NVD"},
                 "resources": [{"type": "AWS_EC2_INSTANCE", "id": "i-0abc", "region": "eu-central-1"}]}"""));
        try (var hub = moto.client("securityhub", "eu-central-1", SecurityHubClient.class)) {
            hub.enableSecurityHub(request -> {});
            hub.batchImportFindings(request -> request.findings(finding("open", "NEW"), finding("solved", "RESOLVED")));
            hub.batchImportFindings(request -> request.findings(finding("probed", "NEW").toBuilder()
                    .generatorId("arn:aws:guardduty:eu-central-1:123456789012:detector/4ab7c2f3d")
                    .types("TTPs/Discovery/Recon:EC2-PortProbeUnprotectedPort")
                    .resources(
                            resource -> resource.type("AwsIamAccessKey").id("AWS::IAM::AccessKey:AKIA0"),
                            resource -> resource.type("AwsEc2Instance")
                                    .id("arn:aws:ec2:eu-central-1:123456789012:instance/i-0abc"))
                    .build()));
        }
        rig.as("findings", settings("regions", List.of("eu-central-1")));

        var run = rig.collect("findings");

        assertThat(run.errors()).extracting(RunError::message).isEmpty();
        assertThat(names("risk", "name"))
                .as("none is called by an id that only its product knows")
                .containsExactlyInAnyOrder("CVE-2026-0001", "check-open", "recon:ec2-portprobeunprotectedport");
        assertThat(names("cloudresource", "resourceId"))
                .as("what has no ARN is told by its account")
                .containsExactlyInAnyOrder(
                        "arn:aws:s3:::outrider-open",
                        "arn:aws:ec2:eu-central-1:123456789012:instance/i-0abc",
                        "arn:aws:iam::123456789012:root");
        assertThat(names("cloudresource", "resourceType"))
                .containsExactlyInAnyOrder("AWS::S3::Bucket", "AWS::EC2::Instance", "AWS::Organizations::Account");
        assertThat(run.counts().reasons()).containsEntry("closed", 1L);
    }

    private static AwsSecurityFinding finding(String id, String workflow) {
        return AwsSecurityFinding.builder()
                .id(id)
                .schemaVersion("2018-10-08")
                .productArn("arn:aws:securityhub:eu-central-1:123456789012:product/123456789012/default")
                .generatorId("check-" + id)
                .awsAccountId("123456789012")
                .types("Software and Configuration Checks")
                .createdAt("2026-11-01T00:00:00.000Z")
                .updatedAt("2026-11-02T00:00:00.000Z")
                .severity(severity -> severity.label("HIGH"))
                .title("A check failed")
                .description("It is open.")
                .workflow(state -> state.status(workflow))
                .recordState("ACTIVE")
                .resources(resource -> resource.type("AwsS3Bucket").id("arn:aws:s3:::outrider-open"))
                .build();
    }

    @Test
    void saysWhichAccountCannotBeEntered() throws Exception {
        rig.as("lost", settings("accounts", List.of(OTHER)));

        var checks = rig.validate();

        assertThat(checks.valid()).isFalse();
        assertThat(checks.all().toString()).contains(OTHER).contains("roleName");
    }

    @Test
    void validatesEachStreamByACallOfItsOwn() throws Exception {
        rig.as("valid", settings());

        var checks = rig.validate();

        assertThat(checks.all()).extracting("stream").contains("accounts", "resources", "findings");
        assertThat(checks.all()).allMatch(check -> check.ok(), "is well");
    }

    @Test
    void knowsWhatStillBelongsToTheAccount() throws Exception {
        rig.as("affiliation", settings());

        assertThat(rig.affiliated("arn:aws:s3:::outrider-open")).isTrue();
        assertThat(rig.affiliated("arn:aws:s3:::outrider-gone")).isFalse();
        assertThat(rig.affiliated("123456789012")).isTrue();
        assertThat(rig.affiliated("999999999999")).isFalse();
        assertThat(rig.affiliated("arn:aws:ec2:eu-central-1:123456789012:instance/i-00000000000000000"))
                .isFalse();
    }

    @Test
    void looksInEveryAccountForWhatNamesNone() throws Exception {
        rig.as("nameless", settings("accounts", List.of("123456789012", OTHER), "roleName", "OutriderReadOnly"));

        assertThat(rig.affiliated("arn:aws:route53:::hostedzone/" + otherZone)).isTrue();
        assertThat(rig.affiliated("arn:aws:route53:::hostedzone/Z00000000000000"))
                .isFalse();
        assertThat(rig.affiliated("arn:aws:s3:::outrider"))
                .as("a part of a name")
                .isFalse();
        assertThat(rig.affiliated("arn:aws:iam::" + OTHER + ":root")).isTrue();
    }

    @Test
    void takesAnOutageForNoAnswer() {
        rig.as("outage", Map.of("endpoint", "http://127.0.0.1:9"));

        assertThatThrownBy(() -> rig.affiliated("arn:aws:s3:::outrider-open"))
                .hasRootCauseInstanceOf(java.net.ConnectException.class);
        assertThatThrownBy(rig::validate).isNotNull();
        var run = rig.collect("resources");
        assertThat(run.isPartial()).isTrue();
        assertThat(run.errors()).isNotEmpty();
        assertThat(new RunException(run.errors().get(0)).error().retryable()).isTrue();
    }
}
