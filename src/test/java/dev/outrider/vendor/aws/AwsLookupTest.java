package dev.outrider.vendor.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How an ARN is looked up follows from the listing of its kind. */
class AwsLookupTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void asksTheListingsOwnOperationForTheOneThing() throws Exception {
        var lookup = lookup("ec2/describeInstances", "instance", "InstanceIds={id}");

        assertThat(lookup.type()).isEqualTo("ec2.instance");
        assertThat(lookup.call().name()).isEqualTo("ec2/describeInstances");
        assertThat(lookup.request("arn:aws:ec2:eu-west-1:1:instance/i-1", "i-1"))
                .isEqualTo(json("{'InstanceIds': 'i-1'}"));
        assertThat(lookup.found(json("{'Reservations': [{}]}"), "i-1")).isTrue();
        assertThat(lookup.found(json("{'Reservations': []}"), "i-1")).isFalse();
    }

    @Test
    void asksAnotherOperationOfTheSameService() throws Exception {
        var lookup = lookup("cloudfront/listDistributions", "distribution", "getDistribution?Id={id}");

        assertThat(lookup.call().name()).isEqualTo("cloudfront/getDistribution");
        assertThat(lookup.request("arn", "E1")).isEqualTo(json("{'Id': 'E1'}"));
    }

    @Test
    void namesTheServiceAsArnsDo() {
        var lookup = lookup("elasticloadbalancingv2/describeLoadBalancers", "loadbalancer.*", "LoadBalancerArns={arn}");

        assertThat(lookup.type()).isEqualTo("elasticloadbalancing.loadbalancer.*");
        assertThat(lookup.call().service()).isEqualTo("elasticloadbalancingv2");
    }

    @Test
    void searchesWithTheListingsRequestAndTakesOnlyWhatIsTheSame() throws Exception {
        var listing = new AwsListing(AwsCall.of("s3/listBuckets"), Map.of(), Map.of("", "Prefix={id}"));
        listing.setRequest("{\"MaxBuckets\": 1000}");
        listing.setMatch("/Name");
        var lookup = listing.lookups().get(0);

        assertThat(lookup.type()).isEqualTo("s3");
        assertThat(lookup.request("arn:aws:s3:::logs", "logs"))
                .isEqualTo(json("{'MaxBuckets': 1000, 'Prefix': 'logs'}"));
        assertThat(lookup.found(json("{'Buckets': [{'Name': 'logs-old'}]}"), "logs"))
                .isFalse();
        assertThat(lookup.found(json("{'Buckets': [{'Name': 'logs-old'}, {'Name': 'logs'}]}"), "logs"))
                .isTrue();
    }

    @Test
    void refusesAnOperationThatTheServiceDoesNotHave() {
        assertThatThrownBy(() -> lookup("ec2/describeInstances", "instance", "getNothing?Id={id}"))
                .hasMessageContaining("getNothing");
    }

    private static AwsLookup lookup(String listed, String type, String find) {
        return new AwsListing(AwsCall.of(listed), Map.of(), Map.of(type, find))
                .lookups()
                .get(0);
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
