package dev.outrider.vendor.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.capability.VendorRig;
import dev.outrider.record.RunError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.EndpointType;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.apigatewayv2.model.ProtocolType;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.rds.RdsClient;

/** Every service of the class that faces outwards, against moto, with what is to be told of it written out by hand. */
class AwsEstateTest {
    private static final String REGION = "eu-west-1";

    @TempDir
    static Path folder;

    private static Moto moto;
    private static AwsGate gate;
    private static VendorRig rig;
    private static String rest;
    private static String http;
    private static String distribution;
    private static String loadBalancer;
    private static String address;
    private static String instance;
    private static String classic;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(
                Moto.present() || System.getenv("CI") != null,
                "moto_server is not on the PATH: the aws class is not tested on this machine");
        moto = Moto.start(folder.resolve("moto.log"));
        gate = new AwsGate(moto.url());
        rig = new VendorRig(
                folder, "aws", gate.url(), Map.of("accessKeyId", "test", "secretAccessKey", "test"), descriptor -> {});
        seedNetwork();
        seedServices();
    }

    @AfterAll
    static void stop() {
        Stream.of(rig, gate, moto).filter(one -> one != null).forEach(AwsEstateTest::close);
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void open() {
        gate.shut("");
        gate.refuse("");
        gate.revokeAt("");
    }

    private static void seedNetwork() {
        try (var ec2 = moto.client("ec2", REGION, Ec2Client.class);
                var balancing = moto.client("elasticloadbalancingv2", REGION, ElasticLoadBalancingV2Client.class);
                var old = moto.client("elasticloadbalancing", REGION, ElasticLoadBalancingClient.class)) {
            var subnets = ec2.describeSubnets().subnets().stream().limit(2).toList();
            instance = ec2.runInstances(run -> run.imageId("ami-12c6146b")
                            .minCount(1)
                            .maxCount(1)
                            .subnetId(subnets.get(0).subnetId()))
                    .instances()
                    .get(0)
                    .instanceId();
            classic = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/old";
            old.createLoadBalancer(one -> one.loadBalancerName("old")
                    .availabilityZones(REGION + "a")
                    .listeners(listener ->
                            listener.protocol("HTTP").loadBalancerPort(81).instancePort(80)));
            address = ec2.allocateAddress(one -> one.domain("vpc")).allocationId();
            loadBalancer = balancing
                    .createLoadBalancer(one -> one.name("front")
                            .scheme("internet-facing")
                            .subnets(subnets.get(0).subnetId(), subnets.get(1).subnetId()))
                    .loadBalancers()
                    .get(0)
                    .loadBalancerArn();
            var group = balancing
                    .createTargetGroup(one -> one.name("web")
                            .protocol("HTTP")
                            .port(80)
                            .vpcId(subnets.get(0).vpcId()))
                    .targetGroups()
                    .get(0)
                    .targetGroupArn();
            balancing.createListener(one -> one.loadBalancerArn(loadBalancer)
                    .protocol("HTTP")
                    .port(8443)
                    .defaultActions(action -> action.type("forward").targetGroupArn(group)));
        }
    }

    private static void seedServices() {
        try (var eks = moto.client("eks", REGION, EksClient.class);
                var ecr = moto.client("ecr", REGION, EcrClient.class);
                var rds = moto.client("rds", REGION, RdsClient.class);
                var apis = moto.client("apigatewayv2", REGION, ApiGatewayV2Client.class);
                var restApis = moto.client("apigateway", REGION, ApiGatewayClient.class);
                var cdn = moto.client("cloudfront", "us-east-1", CloudFrontClient.class)) {
            eks.createCluster(cluster -> cluster.name("estate")
                    .roleArn("arn:aws:iam::123456789012:role/eks")
                    .resourcesVpcConfig(vpc -> vpc.endpointPublicAccess(true)));
            ecr.createRepository(repository -> repository.repositoryName("estate/web"));
            for (boolean open : new boolean[] {true, false}) {
                rds.createDBInstance(database -> database.dbInstanceIdentifier(open ? "estate-open" : "estate-inner")
                        .dbInstanceClass("db.t3.micro")
                        .engine("postgres")
                        .port(5432)
                        .publiclyAccessible(open));
            }
            http = apis.createApi(api -> api.name("estate-http").protocolType(ProtocolType.HTTP))
                    .apiId();
            rest = restApis.createRestApi(api -> api.name("estate-rest")).id();
            restApis.createDomainName(one -> one.domainName("rest.estate.example")
                    .endpointConfiguration(endpoint -> endpoint.types(EndpointType.REGIONAL)));
            restApis.createDomainName(one -> one.domainName("inner.estate.example")
                    .endpointConfiguration(endpoint -> endpoint.types(EndpointType.PRIVATE)));
            apis.createDomainName(one -> one.domainName("api.estate.example")
                    .domainNameConfigurations(each -> each.endpointType("REGIONAL")));
            apis.createDomainName(one -> one.domainName("*.wild.estate.example")
                    .domainNameConfigurations(each -> each.endpointType("REGIONAL")));
            distribution = cdn.createDistribution(one -> one.distributionConfig(config -> config.callerReference("1")
                            .comment("estate")
                            .enabled(true)
                            .aliases(names -> names.quantity(1).items("www.estate.example"))
                            .origins(all -> all.quantity(1).items(origin -> origin.id("o")
                                    .domainName("origin.estate.example")
                                    .customOriginConfig(custom ->
                                            custom.httpPort(80).httpsPort(443).originProtocolPolicy("https-only"))))
                            .defaultCacheBehavior(cache -> cache.targetOriginId("o")
                                    .viewerProtocolPolicy("redirect-to-https")
                                    .forwardedValues(values ->
                                            values.queryString(false).cookies(cookies -> cookies.forward("none")))
                                    .minTTL(0L)
                                    .trustedSigners(
                                            signers -> signers.enabled(false).quantity(0)))))
                    .distribution()
                    .id();
        }
    }

    private static Stream<JsonNode> data(String kind) {
        return rig.records().stream()
                .map(line -> line.path("data"))
                .filter(data -> data.path("kind").asText().equals(kind));
    }

    /** The ARNs of the resources of some types. */
    private static List<String> resources(String... types) {
        return data("cloudresource")
                .filter(data ->
                        List.of(types).contains(data.path("resourceType").asText()))
                .map(data -> data.path("resourceId").asText())
                .toList();
    }

    private static List<String> hosts() {
        return data("asset").map(data -> data.path("dns").asText()).toList();
    }

    private static Map<String, Object> in(String... regions) {
        return Map.of("endpoint", gate.url(), "regions", List.of(regions));
    }

    @Test
    void namesEveryServiceThatFacesOutwardsByItsArn() {
        rig.as("estate", in(REGION));

        var run = rig.collect("resources");

        assertThat(run.errors()).extracting(RunError::message).isEmpty();
        assertThat(run.isPartial()).isFalse();
        assertThat(run.counts().failed()).isZero();
        assertThat(resources("AWS::EC2::Instance"))
                .containsExactly("arn:aws:ec2:eu-west-1:123456789012:instance/" + instance);
        assertThat(resources("AWS::EC2::EIP"))
                .containsExactly("arn:aws:ec2:eu-west-1:123456789012:elastic-ip/" + address);
        assertThat(resources("AWS::ElasticLoadBalancingV2::LoadBalancer")).containsExactly(loadBalancer);
        assertThat(resources("AWS::EKS::Cluster")).containsExactly("arn:aws:eks:eu-west-1:123456789012:cluster/estate");
        assertThat(resources("AWS::ECR::Repository"))
                .containsExactly("arn:aws:ecr:eu-west-1:123456789012:repository/estate/web");
        assertThat(resources("AWS::RDS::DBInstance"))
                .containsExactlyInAnyOrder(
                        "arn:aws:rds:eu-west-1:123456789012:db:estate-open",
                        "arn:aws:rds:eu-west-1:123456789012:db:estate-inner");
        assertThat(resources("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"))
                .containsExactlyInAnyOrder(
                        "arn:aws:apigateway:eu-west-1::/restapis/" + rest,
                        "arn:aws:apigateway:eu-west-1::/apis/" + http);
        assertThat(resources("AWS::ApiGateway::DomainName"))
                .as("a private one faces nobody")
                .containsExactlyInAnyOrder(
                        "arn:aws:apigateway:eu-west-1::/domainnames/rest.estate.example",
                        "arn:aws:apigateway:eu-west-1::/domainnames/api.estate.example",
                        "arn:aws:apigateway:eu-west-1::/domainnames/*.wild.estate.example");
        assertThat(resources("AWS::CloudFront::Distribution"))
                .containsExactly("arn:aws:cloudfront::123456789012:distribution/" + distribution);
        assertThat(resources("AWS::Lambda::Function"))
                .as("functions without a URL are not told")
                .containsExactly("arn:aws:lambda:eu-west-1:123456789012:function:open");
    }

    @Test
    void tellsTheNamesAndPortsThatAreReachedFromOutsideAndNoOthers() {
        rig.as("outside", in(REGION));

        rig.collect("resources");

        assertThat(hosts())
                .contains(
                        rest + ".execute-api.eu-west-1.amazonaws.com",
                        http + ".execute-api.eu-west-1.amazonaws.com",
                        "abcdef.lambda-url.eu-west-1.on.aws",
                        "rest.estate.example",
                        "api.estate.example",
                        "www.estate.example")
                .noneMatch(host -> host.contains("*") || host.equals("inner.estate.example"))
                .anyMatch(host -> host.endsWith(".cloudfront.net"))
                .anyMatch(host -> host.endsWith(".eks.amazonaws.com"))
                .anyMatch(host -> host.startsWith("estate-open."))
                .anyMatch(host -> host.endsWith(".elb.amazonaws.com"))
                .noneMatch(host -> host.startsWith("estate-inner."));
        assertThat(data("port").map(port -> port.path("port").asInt()))
                .as("of the load balancers' listeners and of the public database")
                .containsExactlyInAnyOrder(8443, 81, 5432);
        assertThat(data("risk").map(risk -> risk.path("name").asText()))
                .containsExactly("aws-lambda-url-without-authentication");
    }

    @Test
    void tellsARegionThatIsNotOptedIntoAndVisitsTheOthers() {
        rig.as("opt-in", in(REGION, "me-south-1"));

        var run = rig.collect("resources");

        assertThat(run.errors()).isEmpty();
        assertThat(run.isPartial()).isFalse();
        assertThat(run.counts().reasons().keySet())
                .contains("region_not_opted_in")
                .noneMatch(reason -> reason.contains("denied"));
        assertThat(resources("AWS::EC2::Instance")).hasSize(1);
    }

    @Test
    void tellsARegionThatAPolicyShutsFromARoleThatLacksAPermission() {
        gate.shut("us-west-1");
        rig.as("shut", in(REGION, "us-west-1"));
        var shut = rig.collect("resources");
        gate.shut("");
        gate.refuse("DescribeAddresses");
        rig.as("lacking", in(REGION));
        var lacking = rig.collect("resources");

        assertThat(shut.errors()).isEmpty();
        assertThat(shut.isPartial()).isFalse();
        assertThat(shut.counts().reasons()).containsKey("region_denied_by_policy:us-west-1");
        assertThat(lacking.isPartial()).isTrue();
        assertThat(lacking.errors()).extracting(RunError::code).containsOnly("vendor.forbidden");
        assertThat(lacking.errors().get(0).message()).contains("ec2:DescribeAddresses");
    }

    @Test
    void tellsAgainWhatAnInterruptedRunLackedBeforeItCallsItselfComplete() {
        rig.as("interrupted", in(REGION));
        gate.refuse("DescribeAddresses");
        rig.collect("resources", false, () -> !resources("AWS::EC2::Instance").isEmpty());
        gate.refuse("");

        var resumed = rig.collect("resources");
        var next = rig.collect("resources");

        assertThat(resumed.isPartial()).isTrue();
        assertThat(resumed.errors().toString()).contains("vendor.forbidden", "ec2:DescribeAddresses");
        assertThat(next.isPartial()).isFalse();
        assertThat(next.errors()).isEmpty();
        assertThat(resources("AWS::EC2::EIP")).as("by the run after that").hasSize(1);
    }

    @Test
    void takesKeysThatAreRevokedMeanwhileForNoRegionThatIsOff() {
        gate.revokeAt("DescribeAddresses");
        rig.as("revoked", in(REGION, "us-west-1"));

        var run = rig.collect("resources");

        assertThat(run.isPartial()).isTrue();
        assertThat(run.errors()).extracting(RunError::code).contains("vendor.unauthorized");
        assertThat(run.counts().reasons().keySet()).noneMatch(reason -> reason.contains("refuses_credentials"));
    }

    @Test
    void namesARegionThatThereIsNotBeforeItCollectsWithoutIt() throws Exception {
        rig.as("misspelt", in(REGION, "us-wset-1"));

        assertThat(rig.validate().all().toString()).contains("us-wset-1").contains("'regions'");
    }

    @Test
    void writesThePartitionOfEachRegionIntoItsArns() {
        for (var place : Map.of("cn-north-1", "aws-cn", "us-gov-west-1", "aws-us-gov", "us-east-2", "aws")
                .entrySet()) {
            String allocated;
            try (var ec2 = moto.client("ec2", place.getKey(), Ec2Client.class)) {
                allocated = ec2.allocateAddress(one -> one.domain("vpc")).allocationId();
            }
            rig.as("partition-" + place.getKey(), in(place.getKey()));

            rig.collect("resources");

            assertThat(resources("AWS::EC2::EIP"))
                    .containsExactly("arn:" + place.getValue() + ":ec2:" + place.getKey() + ":123456789012:elastic-ip/"
                            + allocated);
        }
    }

    @Test
    void looksUpWhatStillBelongsToTheAccount() throws Exception {
        rig.as("affiliation", in(REGION));

        for (var arn : List.of(
                "arn:aws:ec2:eu-west-1:123456789012:instance/" + instance,
                "arn:aws:ec2:eu-west-1:123456789012:elastic-ip/" + address,
                loadBalancer,
                classic,
                "arn:aws:iam::123456789012:root",
                "arn:aws:rds:eu-west-1:123456789012:db:estate-open",
                "arn:aws:ecr:eu-west-1:123456789012:repository/estate/web",
                "arn:aws:eks:eu-west-1:123456789012:cluster/estate",
                "arn:aws:apigateway:eu-west-1::/restapis/" + rest,
                "arn:aws:apigateway:eu-west-1::/apis/" + http,
                "arn:aws:apigateway:eu-west-1::/domainnames/rest.estate.example",
                "arn:aws:cloudfront::123456789012:distribution/" + distribution)) {
            assertThat(rig.affiliated(arn)).as(arn).isTrue();
        }
        for (var arn : List.of(
                classic + "er",
                "arn:aws:iam::999999999999:root",
                "arn:aws:rds:eu-west-1:123456789012:db:estate-gone",
                "arn:aws:ecr:eu-west-1:123456789012:repository/estate/gone",
                "arn:aws:eks:eu-west-1:123456789012:cluster/gone",
                "arn:aws:apigateway:eu-west-1::/restapis/gone",
                "arn:aws:cloudfront::123456789012:distribution/EGONE",
                "arn:aws:eks:eu-west-1:999999999999:cluster/estate")) {
            assertThat(rig.affiliated(arn)).as(arn).isFalse();
        }
    }
}
