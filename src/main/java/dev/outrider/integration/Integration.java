package dev.outrider.integration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * One configured account at one vendor.
 *
 * @param name unique name, also the last part of a record's {@code source}
 * @param capability the vendor class; equal, not similar, to a folder in {@code routes/}
 * @param tenant whose records these are
 * @param schedule an interval such as {@code 15m}, a cron expression, or {@code manual}
 * @param settings plain settings, shaped by the class's {@code settings.schema.json}
 * @param secrets references such as {@code {{env:OKTA_TOKEN}}}, resolved only where a secret is used
 * @param origin where it was declared, as {@code integrations.yaml:12}, or {@code api}
 */
public record Integration(
        String name,
        String capability,
        String tenant,
        String schedule,
        ObjectNode settings,
        Map<String, String> secrets,
        String origin) {

    public static final String MANUAL = "manual";

    /** The text of a setting, or the fallback where it is absent or null. */
    public String setting(String key, String fallback) {
        var value = settings.get(key);
        return value == null || value.isNull() ? fallback : value.asText();
    }

    public long setting(String key, long fallback) {
        var value = settings.get(key);
        return value == null || value.isNull() ? fallback : value.asLong(fallback);
    }
}
