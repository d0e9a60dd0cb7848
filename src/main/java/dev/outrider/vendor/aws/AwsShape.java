package dev.outrider.vendor.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;

/** What an operation's request and answer are made of, by the SDK's own description: where the list is, and what leads on. */
record AwsShape(List<SdkField<?>> request, List<SdkField<?>> answer) {
    private static final Set<String> TOKENS =
            Set.of("NextToken", "nextToken", "Marker", "ContinuationToken", "position");

    static AwsShape of(AwsCall call) {
        var types = AwsOperations.types(call);
        return new AwsShape(fields(types.request()), fields(types.answer()));
    }

    private static List<SdkField<?>> fields(Class<?> type) {
        try {
            return ((SdkPojo) type.getMethod("builder").invoke(null)).sdkFields();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " does not tell its members", e);
        }
    }

    /** Pointer to the answer's only list; empty where it has none or several. */
    Optional<String> items() {
        var lists = new ArrayList<String>();
        for (var field : answer) {
            if (list(field)) {
                lists.add("/" + field.memberName());
            }
            wrapped(field).stream()
                    .filter(AwsShape::list)
                    .forEach(inner -> lists.add("/" + field.memberName() + "/" + inner.memberName()));
        }
        return lists.size() == 1 ? Optional.of(lists.get(0)) : Optional.empty();
    }

    /**
     * The request's members that take what leads on, with the place of it in the answer: {@code Marker} takes {@code NextMarker}, or what is
     * named like itself, and {@code StartRecordName} takes {@code NextRecordName}. None where the operation answers whole.
     */
    Map<String, String> tokens() {
        var tokens = new LinkedHashMap<String, String>();
        for (var field : request) {
            var name = field.memberName();
            if (TOKENS.contains(name)) {
                place("Next" + name).or(() -> place(name)).ifPresent(place -> tokens.put(name, place));
            } else if (name.startsWith("Start")) {
                place("Next" + name.substring("Start".length())).ifPresent(place -> tokens.put(name, place));
            }
        }
        return tokens;
    }

    private Optional<String> place(String member) {
        return answer.stream()
                .flatMap(field -> field.memberName().equals(member)
                        ? Optional.of(member).stream()
                        : wrapped(field).stream()
                                .filter(inner -> inner.memberName().equals(member))
                                .map(inner -> field.memberName() + "." + member))
                .findFirst();
    }

    private static boolean list(SdkField<?> field) {
        return field.marshallingType() == MarshallingType.LIST;
    }

    /** The members of one that is a structure. */
    private static List<SdkField<?>> wrapped(SdkField<?> field) {
        return field.marshallingType() == MarshallingType.SDK_POJO
                ? field.constructor().get().sdkFields()
                : List.of();
    }
}
