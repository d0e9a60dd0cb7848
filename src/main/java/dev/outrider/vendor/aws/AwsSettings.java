package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.integration.Integration;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * What an integration of the class says.
 *
 * @param organization whether the accounts are those of the caller's organization
 * @param accounts ids of 12 digits; empty for the caller's own, or all of the organization
 * @param roleName the role that is assumed in each account; null to use the given credentials themselves
 * @param hubRoleArn a role that is assumed before; null for none
 * @param regions regions to visit; empty for every enabled one
 * @param endpoint another address of all services; null for the public ones
 */
record AwsSettings(
        boolean organization,
        List<String> accounts,
        String roleName,
        String hubRoleArn,
        String externalId,
        List<String> regions,
        URI endpoint) {
    private static final String ALL = "organization";

    static AwsSettings of(Integration integration) {
        var settings = integration.settings();
        var accounts = texts(settings.path("accounts"));
        var endpoint = text(settings, "endpoint");
        return new AwsSettings(
                accounts.contains(ALL),
                accounts.stream().filter(id -> !id.equals(ALL)).toList(),
                text(settings, "roleName"),
                text(settings, "hubRoleArn"),
                text(settings, "externalId"),
                texts(settings.path("regions")),
                endpoint == null ? null : URI.create(endpoint));
    }

    /** Where the calls go that no region is told for: it decides the partition too. */
    String homeRegion() {
        return regions.isEmpty() ? "us-east-1" : home(regions.get(0));
    }

    private static String home(String region) {
        if (region.startsWith("us-gov-")) {
            return "us-gov-west-1";
        }
        return region.startsWith("cn-") ? "cn-north-1" : region.startsWith("us-iso") ? region : "us-east-1";
    }

    private static List<String> texts(JsonNode node) {
        var texts = new ArrayList<String>();
        if (node.isArray()) {
            node.forEach(each -> texts.add(each.asText().strip()));
        } else if (!node.isMissingNode() && !node.isNull()) {
            for (var part : node.asText().split(",")) {
                texts.add(part.strip());
            }
        }
        texts.removeIf(String::isBlank);
        return List.copyOf(texts);
    }

    private static String text(JsonNode settings, String name) {
        var value = settings.path(name);
        return value.isMissingNode() || value.isNull() || value.asText().isBlank() ? null : value.asText();
    }
}
