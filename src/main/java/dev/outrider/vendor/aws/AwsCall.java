package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * One operation as a route names it: {@code service/operation?Member=value&…}. A value that begins with a slash points into the item at
 * hand.
 */
record AwsCall(String service, String operation, Map<String, String> members) {
    private static final Pattern FORM = Pattern.compile("([a-z0-9]+)/([a-z][A-Za-z0-9]+)(?:\\?(.*))?");

    /** @throws IllegalArgumentException where the text is no such call */
    static AwsCall of(String text) {
        var form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "aws-api: '" + text + "' is no call, as ec2/describeRegions?Member=value is");
        }
        var members = new LinkedHashMap<String, String>();
        if (form.group(3) != null) {
            for (var pair : form.group(3).split("&")) {
                int at = pair.indexOf('=');
                if (at < 1) {
                    throw new IllegalArgumentException("aws-api: '" + pair + "' in '" + text + "' is no Member=value");
                }
                members.put(pair.substring(0, at), pair.substring(at + 1));
            }
        }
        var call = new AwsCall(form.group(1), form.group(2), members);
        AwsOperations.check(call);
        return call;
    }

    String name() {
        return service + "/" + operation;
    }

    /** Whether it asks only for what the place tells, {@code /aws/account}, so that the answer is the same for all that is listed there. */
    boolean ofPlace() {
        return members.values().stream().allMatch(value -> value.startsWith("/aws/"));
    }

    /** What the operation is called in policies, as {@code ec2:DescribeRegions}. */
    String action() {
        return service + ":" + Character.toUpperCase(operation.charAt(0)) + operation.substring(1);
    }

    /** The request's members, with what the item tells; null where it does not tell all of them. */
    ObjectNode request(JsonNode item, UnaryOperator<String> fill) {
        var request = JsonNodeFactory.instance.objectNode();
        for (var member : members.entrySet()) {
            if (!member.getValue().startsWith("/")) {
                request.put(member.getKey(), fill.apply(member.getValue()));
                continue;
            }
            var value = item.at(member.getValue());
            if (value.isMissingNode() || value.isNull()) {
                return null;
            }
            request.set(member.getKey(), value);
        }
        return request;
    }
}
