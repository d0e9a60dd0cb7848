package dev.outrider.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** One integration as somebody wrote it, in a file or in a request: checked for shape here, for its class's settings later. */
public final class IntegrationEntry {
    private static final Pattern USER_INFO = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*@");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?");
    private static final Set<String> FIELDS = Set.of("name", "class", "tenant", "schedule", "settings", "secrets");

    private IntegrationEntry() {}

    /** The entry as an integration; what is wrong goes to {@code wrong}, one sentence a field, and then the answer is null. */
    public static Integration read(JsonNode entry, String origin, List<String> wrong) {
        if (!(entry instanceof ObjectNode object)) {
            wrong.add("an entry is a mapping of name, class, tenant, schedule, settings and secrets");
            return null;
        }
        object.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                wrong.add("unknown field '" + field + "': fields are " + new TreeSet<>(FIELDS));
            }
        });
        var name = text(object, "name", null, wrong);
        var capability = text(object, "class", null, wrong);
        var tenant = text(object, "tenant", null, wrong);
        var schedule = text(object, "schedule", Integration.MANUAL, wrong);
        for (var named : new String[][] {{"name", name}, {"tenant", tenant}}) {
            if (named[1] != null && !NAME.matcher(named[1]).matches()) {
                wrong.add(
                        named[0] + " '" + named[1]
                                + "' must be 1 to 63 of a-z, 0-9, dot, dash and underscore, and start and end with a letter or digit");
            }
        }
        if (schedule != null && Schedule.parse(schedule).isEmpty()) {
            wrong.add("schedule '" + schedule + "' is no interval (15m), no cron expression and not 'manual'");
        }
        var settings = object.path("settings").isMissingNode()
                        || object.path("settings").isNull()
                ? JsonNodeFactory.instance.objectNode()
                : object.get("settings");
        if (!settings.isObject()) {
            wrong.add("settings must be a mapping");
        }
        settings.fields().forEachRemaining(setting -> {
            // Settings are shown to people, secrets are not.
            if (USER_INFO.matcher(setting.getValue().asText("")).find()) {
                wrong.add(
                        "settings." + setting.getKey()
                                + " is an address with a user or password in it: take them out, secrets belong under 'secrets'");
            }
        });
        var secrets = secrets(object.path("secrets"), wrong);
        return wrong.isEmpty()
                ? new Integration(name, capability, tenant, schedule, (ObjectNode) settings, secrets, origin)
                : null;
    }

    /** The entry again, for the store; secrets included, so it never leaves the store. */
    public static ObjectNode write(Integration integration) {
        var entry = JsonNodeFactory.instance.objectNode();
        entry.put("name", integration.name());
        entry.put("class", integration.capability());
        entry.put("tenant", integration.tenant());
        entry.put("schedule", integration.schedule());
        entry.set("settings", integration.settings());
        var secrets = entry.putObject("secrets");
        integration.secrets().forEach(secrets::put);
        return entry;
    }

    private static Map<String, String> secrets(JsonNode node, List<String> wrong) {
        var secrets = new LinkedHashMap<String, String>();
        if (node.isMissingNode() || node.isNull()) {
            return secrets;
        }
        if (!node.isObject()) {
            wrong.add("secrets must be a mapping of name to reference");
            return secrets;
        }
        node.fields().forEachRemaining(field -> {
            if (field.getValue().isTextual()) {
                secrets.put(field.getKey(), field.getValue().asText());
            } else {
                wrong.add("secrets." + field.getKey() + " must be text, such as \"{{env:OKTA_TOKEN}}\" (in quotes)");
            }
        });
        return secrets;
    }

    private static String text(ObjectNode entry, String field, String fallback, List<String> wrong) {
        var value = entry.path(field);
        if (value.isMissingNode() || value.isNull()) {
            if (fallback == null) {
                wrong.add(field + " is missing");
            }
            return fallback;
        }
        if (value.isContainerNode() || value.asText().isBlank()) {
            wrong.add(field + " must be text");
            return null;
        }
        return value.asText();
    }
}
