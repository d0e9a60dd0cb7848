package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.util.StringHelper;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes the body, an account's id or an ARN, whether it still belongs to the visited accounts: an account by enumeration, an ARN by a
 * look-up in its own account and region. Some ARNs name no account; those are looked up in all.
 *
 * @param calls a call for each {@code service.type}, or {@code service.type.subtype}, of ARN; {@code {id}} in it is the ARN's last part,
 *     {@code {arn}} all of it
 * @param matches for calls that search, what one of the found must say, as {@code /Buckets/Name}: the ARN's last part
 */
record AwsFind(Map<String, AwsCall> calls, Map<String, String> matches) implements AwsEndpoint.Action {
    private static final Pattern ACCOUNT = Pattern.compile("(\\d{12})"
            + "|arn:[a-z-]+:iam::(\\d{12}):root"
            + "|arn:[a-z-]+:organizations::\\d{12}:account/o-[a-z0-9]+/(\\d{12})");
    private static final Pattern ARN =
            Pattern.compile("arn:[a-z-]+:([a-z0-9-]+):([a-z0-9-]*):(\\d{12}|):/?(?:([A-Za-z0-9-]+)[/:])?(.+)");
    private static final Pattern NOT_FOUND =
            Pattern.compile(".*(NotFound|NoSuch|NotExist|Malformed).*|404", Pattern.CASE_INSENSITIVE);

    static AwsFind of(Map<String, String> calls, Map<String, String> matches) {
        var named = new TreeMap<String, AwsCall>();
        // The YAML DSL makes elasticIp of a parameter's elastic-ip.
        calls.forEach((type, call) -> named.put(StringHelper.dashToCamelCase(type), AwsCall.of(call)));
        return new AwsFind(named, matches);
    }

    @Override
    public void run(Exchange exchange, StreamRun run, AwsComponent component) {
        var id = exchange.getMessage().getBody(String.class);
        exchange.getMessage().setBody(affiliated(component.open(exchange, run), run, id == null ? "" : id.strip()));
    }

    private boolean affiliated(AwsAccess access, StreamRun run, String id) {
        var account = ACCOUNT.matcher(id);
        if (account.matches()) {
            return visited(access, run).contains(id.replaceAll("^arn:.*(\\d{12})(:root)?$", "$1"));
        }
        var arn = ARN.matcher(id);
        if (!arn.matches()) {
            throw new RunException(RunError.of(
                    "affiliation.invalid", "an account's id (12 digits) or an ARN is needed, not '" + id + "'", false));
        }
        var type = type(arn);
        var region = arn.group(2).isEmpty() ? access.settings().homeRegion() : arn.group(2);
        var visited = visited(access, run);
        if (!arn.group(3).isEmpty()) {
            return visited.contains(arn.group(3)) && found(access, type, arn.group(3), region, arn);
        }
        RunException doubt = null;
        for (var one : visited) {
            try {
                if (found(access, type, one, region, arn)) {
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

    /** The most exact one that a call is declared for. */
    private String type(Matcher arn) {
        var type = arn.group(1) + (arn.group(4) == null ? "" : "." + StringHelper.dashToCamelCase(arn.group(4)));
        var exact = type + "." + arn.group(5).split("/", 2)[0];
        if (calls.containsKey(exact)) {
            return exact;
        }
        if (!calls.containsKey(type)) {
            throw new RunException(RunError.of(
                    "affiliation.unknown",
                    "no look-up is declared for ARNs of " + type + ", only for " + calls.keySet(),
                    false));
        }
        return type;
    }

    private static List<String> visited(AwsAccess access, StreamRun run) {
        return new AwsTargets(access, run)
                .accounts().stream().map(each -> each.path("Id").asText()).toList();
    }

    private boolean found(AwsAccess access, String type, String account, String region, Matcher arn) {
        var call = calls.get(type);
        try {
            var request = call.request(JsonNodeFactory.instance.objectNode(), text -> text.replace("{id}", arn.group(5))
                    .replace("{arn}", arn.group()));
            var answer = access.call(call, account, region, request);
            var match = matches.get(type);
            return match == null
                    ? !nothing(answer)
                    : AwsPager.collect(answer, match).stream()
                            .anyMatch(each -> each.asText().equals(arn.group(5)));
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
