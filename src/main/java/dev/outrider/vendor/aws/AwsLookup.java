package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/**
 * How ARNs of one type are looked up, as the listing of such things says it.
 *
 * @param type {@code service.type}, {@code service.type.subtype} or {@code service.type.*} for any subtype, or the service alone
 * @param request what is sent besides the call's own members
 * @param match in calls that search, where one of the found says what must equal the ARN's last part; empty where the call asks for one
 */
record AwsLookup(String type, AwsCall call, ObjectNode request, String match) {
    private static final Pattern MEMBER = Pattern.compile("[A-Za-z]+=.*");

    /**
     * @param type the ARN's type; empty where ARNs of the service have none
     * @param text {@code Member={id}} for the listing's own operation, or {@code operation?Member={id}} for another of the same service
     */
    static AwsLookup of(AwsListing listing, String type, String text, String match) {
        var listed = listing.call();
        boolean same = MEMBER.matcher(text).matches();
        var call = AwsCall.of(same ? listed.name() + "?" + text : listed.service() + "/" + text);
        // The second version of a service is the first one's in ARNs.
        var service = listed.service().replaceFirst("v2$", "");
        return new AwsLookup(
                type.isEmpty() ? service : service + "." + type,
                call,
                listing.request(null, null),
                same && !match.isEmpty() ? listing.items() + match : "");
    }

    /** The request for one ARN. */
    ObjectNode request(String arn, String id) {
        var filled = call.request(request, text -> text.replace("{id}", id).replace("{arn}", arn));
        return match.isEmpty() ? filled : request.deepCopy().setAll(filled);
    }

    /** Whether the answer holds what was asked for. */
    boolean found(JsonNode answer, String id) {
        return match.isEmpty()
                ? !nothing(answer)
                : AwsPager.collect(answer, match).stream()
                        .anyMatch(each -> each.asText().equals(id));
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
