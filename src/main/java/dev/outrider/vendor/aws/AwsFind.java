package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.util.StringHelper;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes the body, an account's id or an ARN, whether it still belongs to the visited accounts: an account by enumeration, an ARN by one
 * look-up in its own account and region.
 *
 * @param calls a call for each {@code service.type} of ARN; {@code {id}} in it is the ARN's last part, {@code {arn}} all of it
 */
record AwsFind(Map<String, AwsCall> calls) implements AwsEndpoint.Action {
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern ARN =
            Pattern.compile("arn:[a-z-]+:([a-z0-9-]+):([a-z0-9-]*):(\\d{12}|):/?(?:([A-Za-z0-9-]+)[/:])?(.+)");
    private static final Pattern NOT_FOUND =
            Pattern.compile(".*(NotFound|NoSuch|NotExist|Malformed).*|404", Pattern.CASE_INSENSITIVE);

    static AwsFind of(Map<String, String> texts) {
        return new AwsFind(texts.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> StringHelper.dashToCamelCase(entry.getKey()),
                        entry -> AwsCall.of(entry.getValue()),
                        (a, b) -> a,
                        TreeMap::new)));
    }

    @Override
    public void run(Exchange exchange, StreamRun run, AwsComponent component) {
        var id = exchange.getMessage().getBody(String.class);
        exchange.getMessage().setBody(affiliated(component.open(exchange, run), run, id == null ? "" : id.strip()));
    }

    private boolean affiliated(AwsAccess access, StreamRun run, String id) {
        var arn = ARN.matcher(id);
        if (!arn.matches()) {
            if (ACCOUNT.matcher(id).matches()) {
                return visited(access, run, id);
            }
            throw new RunException(RunError.of(
                    "affiliation.invalid", "an account's id (12 digits) or an ARN is needed, not '" + id + "'", false));
        }
        var account = arn.group(3).isEmpty() ? access.identity().account() : arn.group(3);
        if (!arn.group(3).isEmpty() && !visited(access, run, account)) {
            return false;
        }
        // The YAML DSL makes elasticIp of a parameter's elastic-ip.
        var type = arn.group(1) + "." + (arn.group(4) == null ? "" : StringHelper.dashToCamelCase(arn.group(4)));
        var call = calls.get(type.endsWith(".") ? type.substring(0, type.length() - 1) : type);
        if (call == null) {
            throw new RunException(RunError.of(
                    "affiliation.unknown",
                    "no look-up is declared for ARNs of " + type + ", only for " + calls.keySet(),
                    false));
        }
        var values = Map.of("id", arn.group(5), "arn", id);
        var region = arn.group(2).isEmpty() ? access.settings().homeRegion() : arn.group(2);
        return found(access, call, account, region, values);
    }

    private static boolean visited(AwsAccess access, StreamRun run, String account) {
        return new AwsTargets(access, run)
                .accounts().stream().anyMatch(each -> each.path("Id").asText().equals(account));
    }

    private static boolean found(
            AwsAccess access, AwsCall call, String account, String region, Map<String, String> values) {
        try {
            var request =
                    call.request(JsonNodeFactory.instance.objectNode(), text -> text.replace("{id}", values.get("id"))
                            .replace("{arn}", values.get("arn")));
            return !nothing(access.call(call, account, region, request));
        } catch (SdkException e) {
            if (NOT_FOUND.matcher(AwsErrors.code(e)).matches()) {
                return false;
            }
            throw AwsErrors.of(e, call, " in account " + account);
        }
    }

    /** Some look-ups answer an unknown id with an empty list and nothing else; an object may well have empty lists beside its members. */
    private static boolean nothing(JsonNode answer) {
        boolean empty = false;
        for (var member : answer) {
            if (!member.isArray() || !member.isEmpty()) {
                return false;
            }
            empty = true;
        }
        return empty;
    }
}
