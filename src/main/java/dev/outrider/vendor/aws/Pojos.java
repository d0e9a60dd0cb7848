package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/** The SDK's objects as JSON and back, with the member names of the service's own reference. What is not set is left out. */
final class Pojos {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Pojos() {}

    static ObjectNode json(SdkPojo pojo) {
        var json = JSON.objectNode();
        for (var field : pojo.sdkFields()) {
            var value = value(field.getValueOrDefault(pojo));
            if (value != null) {
                json.set(field.memberName(), value);
            }
        }
        return json;
    }

    private static JsonNode value(Object value) {
        if (value == null || value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap) {
            return null;
        }
        if (value instanceof SdkPojo pojo) {
            return json(pojo);
        }
        if (value instanceof List<?> list) {
            var array = JSON.arrayNode(list.size());
            list.forEach(each -> array.add(value(each)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            var object = JSON.objectNode();
            map.forEach((name, each) -> object.set(String.valueOf(name), value(each)));
            return object;
        }
        return scalar(value);
    }

    private static JsonNode scalar(Object value) {
        if (value instanceof Boolean truth) {
            return JSON.booleanNode(truth);
        }
        if (value instanceof Integer number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Long number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Number number) {
            return JSON.numberNode(new BigDecimal(number.toString()));
        }
        return JSON.textNode(value instanceof SdkBytes bytes ? bytes.asUtf8String() : value.toString());
    }

    /**
     * Sets the members that the JSON names.
     *
     * @throws IllegalArgumentException naming a member that the operation does not have, or whose value is not of its type
     */
    static void fill(SdkPojo builder, JsonNode json) {
        json.fields().forEachRemaining(given -> {
            var field = builder.sdkFields().stream()
                    .filter(one -> one.memberName().equals(given.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no member " + given.getKey()));
            field.set(builder, read(field, given.getValue()));
        });
    }

    private static Object read(SdkField<?> field, JsonNode json) {
        var type = field.marshallingType();
        if (type == MarshallingType.LIST) {
            var member = field.getTrait(ListTrait.class).memberFieldInfo();
            var list = new ArrayList<>();
            (json.isArray() ? json : JSON.arrayNode().add(json)).forEach(each -> list.add(read(member, each)));
            return list;
        }
        if (type == MarshallingType.MAP) {
            var member = field.getTrait(MapTrait.class).valueFieldInfo();
            var map = new LinkedHashMap<String, Object>();
            json.fields().forEachRemaining(each -> map.put(each.getKey(), read(member, each.getValue())));
            return map;
        }
        if (type == MarshallingType.SDK_POJO) {
            var inner = field.constructor().get();
            fill(inner, json);
            return ((Buildable) inner).build();
        }
        return scalar(field, json.asText());
    }

    private static Object scalar(SdkField<?> field, String text) {
        var type = field.marshallingType();
        if (type == MarshallingType.STRING) {
            return text;
        }
        if (type == MarshallingType.INTEGER) {
            return Integer.valueOf(text);
        }
        if (type == MarshallingType.LONG) {
            return Long.valueOf(text);
        }
        if (type == MarshallingType.DOUBLE) {
            return Double.valueOf(text);
        }
        if (type == MarshallingType.BOOLEAN) {
            return Boolean.valueOf(text);
        }
        if (type == MarshallingType.INSTANT) {
            return Instant.parse(text);
        }
        throw new IllegalArgumentException("member " + field.memberName() + " cannot be given as text");
    }
}
