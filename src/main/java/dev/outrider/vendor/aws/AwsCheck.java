package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.record.Checks;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import java.util.List;
import org.apache.camel.Exchange;
import software.amazon.awssdk.core.exception.SdkException;

/** Tries the credentials, the role of each declared account, and one call. An outage is no finding: it is thrown. */
record AwsCheck(String stream, AwsCall call) implements AwsEndpoint.Action {
    @Override
    public void run(Exchange exchange, StreamRun run, AwsComponent component) {
        var checks = exchange.getProperty(Checks.PROPERTY, Checks.class);
        var access = component.open(exchange, run);
        try {
            int accounts = 0;
            for (var account : visited(access, run)) {
                tried(access, account, regionOf(access, run, account));
                accounts++;
            }
            checks.passed(stream, call.action() + " is allowed in " + accounts + " account(s)");
        } catch (RunException e) {
            if (e.error().retryable()) {
                throw e;
            }
            checks.failed(
                    stream,
                    e.error().message(),
                    switch (e.error().code()) {
                        case "vendor.unauthorized" -> Checks.Cause.CREDENTIALS;
                        case "vendor.forbidden" -> Checks.Cause.PERMISSION;
                        default -> Checks.Cause.CONFIGURATION;
                    });
        }
    }

    private String regionOf(AwsAccess access, StreamRun run, String account) {
        return call.service().equals("organizations")
                ? access.settings().homeRegion()
                : new AwsTargets(access, run).anyRegion(account);
    }

    private List<String> visited(AwsAccess access, StreamRun run) {
        if (call.service().equals("organizations")) {
            return access.settings().organization() ? List.of(access.identity().account()) : own(access);
        }
        return new AwsTargets(access, run)
                .accounts().stream().map(account -> account.path("Id").asText()).toList();
    }

    /** Without the organization there is nothing to ask it; that the credentials are good is asked all the same. */
    private static List<String> own(AwsAccess access) {
        access.identity();
        return List.of();
    }

    private void tried(AwsAccess access, String account, String region) {
        try {
            access.call(call, account, region, call.request(JsonNodeFactory.instance.objectNode(), value -> value));
        } catch (SdkException e) {
            // A service that is not used here has nothing to tell, which is well.
            if (AwsErrors.absence(e, call, region) != null) {
                return;
            }
            if (!AwsErrors.regionOff(e)) {
                throw AwsErrors.of(e, call, " in account " + account);
            }
            // The region may refuse what is good elsewhere, and is then passed over.
            access.tryCredentials(account);
        }
    }
}
