package dev.outrider.vendor.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.capability.Capability;
import dev.outrider.integration.Integration;
import dev.outrider.vendor.FakeVendor;
import dev.outrider.vendor.TestClients;
import dev.outrider.vendor.quota.Quotas;
import dev.outrider.vendor.spec.HeaderSpec;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/**
 * The client as the application makes it, with the container's own Camel and fault tolerance. Apart from the unit tests, because a profile's
 * settings are the whole process's system properties.
 */
@QuarkusTest
@TestProfile(VendorClientsIT.Loopback.class)
class VendorClientsIT {
    public static class Loopback implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "outrider.allow-private", "true",
                    "outrider.data", "target/vendor-clients-it",
                    "quarkus.http.test-port", "0");
        }
    }

    @Inject
    CamelContext camel;

    @Inject
    VendorClients clients;

    @Inject
    Quotas quotas;

    @Test
    void callsAVendorThroughTheApplicationsCamel() {
        var calls = new AtomicInteger();
        try (var vendor = new FakeVendor(
                (asked, exchange) -> FakeVendor.json(exchange, calls.incrementAndGet() == 1 ? 500 : 200, "[1]"))) {
            var descriptor = new Capability();
            descriptor.getHttp().getAuth().setHeader(new HeaderSpec());
            descriptor.getHttp().getRetry().setBackoffSecs(0);
            camel.getRegistry().bind("fake", descriptor);
            var settings = JsonNodeFactory.instance.objectNode().put("url", vendor.url() + "/");
            var integration = new Integration(
                    "acme-fake", "fake", "acme", Integration.MANUAL, settings, Map.of("token", "s3cr3t"), "test");

            var client = clients.of(integration);
            var reply = client.call(
                    VendorRequest.get(URI.create(client.base() + "/things"), "/things"), TestClients.NOBODY);

            assertThat(reply.body().size()).isEqualTo(1);
            assertThat(vendor.targets()).containsExactly("/things", "/things");
            assertThat(vendor.asked().get(0).header("Authorization")).isEqualTo("Bearer s3cr3t");
            assertThat(clients.of(integration)).isSameAs(client);
            assertThat(quotas.view()).hasSize(1);
            assertThat(quotas.view().toString()).doesNotContain("s3cr3t");
        }
    }

    @Test
    void offersItsComponentsToRoutes() {
        assertThat(camel.getComponent("pages")).isNotNull();
        assertThat(camel.getComponent("vendor")).isNotNull();
    }
}
