package dev.outrider.vendor.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What need not be said of an operation, because the SDK knows it. */
class AwsShapeTest {
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
            ec2/describeNetworkInterfaces, /NetworkInterfaces, NextToken, NextToken
            elasticloadbalancingv2/describeLoadBalancers, /LoadBalancers, Marker, NextMarker
            elasticloadbalancing/describeLoadBalancers, /LoadBalancerDescriptions, Marker, NextMarker
            s3/listBuckets, /Buckets, ContinuationToken, ContinuationToken
            route53/listHostedZones, /HostedZones, Marker, NextMarker
            cloudfront/listDistributions, /DistributionList/Items, Marker, DistributionList.NextMarker
            apigateway/getRestApis, /items, position, position
            apigatewayv2/getApis, /Items, NextToken, NextToken
            apigateway/getDomainNames, /items, position, position
            apigatewayv2/getDomainNames, /Items, NextToken, NextToken
            lambda/listFunctions, /Functions, Marker, NextMarker
            lambda/listFunctionUrlConfigs, /FunctionUrlConfigs, Marker, NextMarker
            rds/describeDBInstances, /DBInstances, Marker, Marker
            ecr/describeRepositories, /repositories, nextToken, nextToken
            eks/listClusters, /clusters, nextToken, nextToken
            securityhub/getFindings, /Findings, NextToken, NextToken
            inspector2/listFindings, /findings, nextToken, nextToken
            """)
    void findsTheListAndWhatLeadsOn(String call, String items, String takes, String from) {
        var shape = AwsShape.of(AwsCall.of(call));

        assertThat(shape.items()).contains(items);
        assertThat(shape.tokens()).containsExactly(Map.entry(takes, from));
    }

    @Test
    void followsAPlaceThatIsToldByThreeMembers() {
        assertThat(AwsShape.of(AwsCall.of("route53/listResourceRecordSets")).tokens())
                .containsOnly(
                        Map.entry("StartRecordName", "NextRecordName"),
                        Map.entry("StartRecordType", "NextRecordType"),
                        Map.entry("StartRecordIdentifier", "NextRecordIdentifier"));
    }

    @Test
    void takesAnAnswerWithoutATokenForWhole() {
        assertThat(AwsShape.of(AwsCall.of("ec2/describeAddresses")).tokens()).isEmpty();
    }

    @Test
    void wantsToBeToldWhichOfSeveralListsIsMeant() {
        assertThatThrownBy(() -> new AwsListing(AwsCall.of("s3/listObjectsV2"), Map.of(), Map.of()).check())
                .hasMessageContaining("needs items");
    }

    @Test
    void asksOnceAnAccountWhereAllRegionsAreListedAtOnce() {
        assertThat(new AwsListing(AwsCall.of("s3/listBuckets"), Map.of(), Map.of()).scope())
                .isEqualTo("account");
        assertThat(new AwsListing(AwsCall.of("ec2/describeAddresses"), Map.of(), Map.of()).scope())
                .isEqualTo("region");
    }
}
