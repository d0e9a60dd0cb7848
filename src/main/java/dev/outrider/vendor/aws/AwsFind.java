package dev.outrider.vendor.aws;

import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import dev.outrider.vendor.VendorStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.EndpointAware;
import org.apache.camel.Exchange;
import org.apache.camel.util.StringHelper;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes the body, an account's id or an ARN, whether it still belongs to the visited accounts: an account by enumeration, an ARN by a
 * look-up in its own account and region. Some ARNs name no account; those are looked up in all.
 * How, the listings of the class's streams say.
 */
record AwsFind() implements AwsEndpoint.Action {
    private static final Pattern ACCOUNT = Pattern.compile("(\\d{12})"
            + "|arn:[a-z-]+:iam::(\\d{12}):root"
            + "|arn:[a-z-]+:organizations::\\d{12}:account/o-[a-z0-9]+/(\\d{12})");
    private static final Pattern ARN =
            Pattern.compile("arn:[a-z-]+:([a-z0-9-]+):([a-z0-9-]*):(\\d{12}|):/?(?:([A-Za-z0-9-]+)[/:])?(.+)");
    private static final Pattern NOT_FOUND =
            Pattern.compile(".*(NotFound|NoSuch|NotExist|Malformed).*|404", Pattern.CASE_INSENSITIVE);

    @Override
    public void run(Exchange exchange, StreamRun run, AwsComponent component) {
        var id = exchange.getMessage().getBody(String.class);
        var lookups = lookups(component.getCamelContext(), run.integration().capability());
        exchange.getMessage()
                .setBody(affiliated(component.open(exchange, run), run, lookups, id == null ? "" : id.strip()));
    }

    private static Map<String, AwsLookup> lookups(CamelContext camel, String capability) {
        var lookups = new TreeMap<String, AwsLookup>();
        for (var route : camel.getRoutes()) {
            if (route.getEndpoint() instanceof VendorStream stream
                    && stream.stream() != null
                    && stream.capability().equals(capability)) {
                route.filter("*").stream()
                        .flatMap(step -> step instanceof EndpointAware aware
                                        && aware.getEndpoint() instanceof AwsEndpoint endpoint
                                ? endpoint.listing().stream()
                                : Stream.empty())
                        .flatMap(listing -> listing.lookups().stream())
                        // The YAML DSL makes elasticIp of a parameter's elastic-ip.
                        .forEach(lookup -> lookups.put(StringHelper.dashToCamelCase(lookup.type()), lookup));
            }
        }
        return lookups;
    }

    private boolean affiliated(AwsAccess access, StreamRun run, Map<String, AwsLookup> lookups, String id) {
        var account = ACCOUNT.matcher(id);
        if (account.matches()) {
            return visited(access, run).contains(id.replaceAll("^arn:.*(\\d{12})(:root)?$", "$1"));
        }
        var arn = ARN.matcher(id);
        if (!arn.matches()) {
            throw new RunException(RunError.of(
                    "affiliation.invalid", "an account's id (12 digits) or an ARN is needed, not '" + id + "'", false));
        }
        var lookup = lookup(lookups, arn);
        var region = arn.group(2).isEmpty() ? access.settings().homeRegion() : arn.group(2);
        var visited = visited(access, run);
        if (!arn.group(3).isEmpty()) {
            return visited.contains(arn.group(3)) && found(access, lookup, arn.group(3), region, arn);
        }
        RunException doubt = null;
        for (var one : visited) {
            try {
                if (found(access, lookup, one, region, arn)) {
                    return true;
                }
            } catch (RunException e) {
                doubt = e;
            }
        }
        if (doubt != null) {
            throw doubt;
        }
        return false;
    }

    /** The most exact one that is declared. */
    private static AwsLookup lookup(Map<String, AwsLookup> lookups, Matcher arn) {
        var type = arn.group(1) + (arn.group(4) == null ? "" : "." + StringHelper.dashToCamelCase(arn.group(4)));
        int sub = arn.group(5).indexOf('/');
        return Stream.of(
                        sub < 0 ? type : type + "." + arn.group(5).substring(0, sub),
                        sub < 0 ? type : type + ".*",
                        type)
                .filter(lookups::containsKey)
                .findFirst()
                .map(lookups::get)
                .orElseThrow(() -> new RunException(RunError.of(
                        "affiliation.unknown",
                        "no look-up is declared for ARNs of " + type + ", only for " + lookups.keySet(),
                        false)));
    }

    private static List<String> visited(AwsAccess access, StreamRun run) {
        return new AwsTargets(access, run)
                .accounts().stream().map(each -> each.path("Id").asText()).toList();
    }

    private boolean found(AwsAccess access, AwsLookup lookup, String account, String region, Matcher arn) {
        var id = arn.group(5);
        try {
            return lookup.found(access.call(lookup.call(), account, region, lookup.request(arn.group(), id)), id);
        } catch (SdkException e) {
            if (NOT_FOUND.matcher(AwsErrors.code(e)).matches()) {
                return false;
            }
            throw AwsErrors.of(e, lookup.call(), " in account " + account);
        }
    }
}
