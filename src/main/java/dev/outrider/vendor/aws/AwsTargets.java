package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.record.StreamRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.core.exception.SdkException;

/** Which accounts and regions a run visits. */
final class AwsTargets {
    private static final AwsCall ACCOUNTS = AwsCall.of("organizations/listAccounts");
    private static final AwsCall REGIONS = AwsCall.of("ec2/describeRegions?AllRegions=true");
    private static final Set<String> ENABLED = Set.of("opt-in-not-required", "opted-in");

    private final AwsAccess access;
    private final StreamRun run;

    AwsTargets(AwsAccess access, StreamRun run) {
        this.access = access;
        this.run = run;
    }

    /**
     * The accounts as Organizations describes them, or with no more than {@code Id} and {@code Arn}. Closed and suspended ones are
     * counted and left out.
     */
    List<ObjectNode> accounts() {
        return access.accounts(this::askedAccounts);
    }

    private List<ObjectNode> askedAccounts() {
        var settings = access.settings();
        var own = access.identity();
        if (!settings.organization()) {
            var ids = settings.accounts().isEmpty() ? List.of(own.account()) : settings.accounts();
            return ids.stream().distinct().map(id -> named(id, own.partition())).toList();
        }
        var active = new ArrayList<ObjectNode>();
        var strangers = new TreeSet<>(settings.accounts());
        for (var account : organization()) {
            var state = account.path("State").asText(account.path("Status").asText());
            var id = account.path("Id").asText();
            strangers.remove(id);
            if (!state.equals("ACTIVE")) {
                run.counts().dropped("account_" + state.toLowerCase(java.util.Locale.ROOT), 0);
            } else if (settings.accounts().isEmpty() || settings.accounts().contains(id)) {
                active.add((ObjectNode) account);
            }
        }
        if (!strangers.isEmpty()) {
            throw wrong("the organization has no account " + strangers + ": correct 'accounts'");
        }
        return active;
    }

    private List<JsonNode> organization() {
        var pager = new AwsPager(
                ACCOUNTS,
                JsonNodeFactory.instance.objectNode(),
                "/Accounts",
                java.util.Map.of("NextToken", "NextToken"));
        var all = new ArrayList<JsonNode>();
        try {
            while (pager.hasNext()) {
                all.addAll(pager.next(
                        access, access.identity().account(), access.settings().homeRegion()));
            }
        } catch (SdkException e) {
            throw AwsErrors.of(e, ACCOUNTS, "");
        }
        return all;
    }

    private static ObjectNode named(String id, String partition) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Id", id)
                .put("Arn", "arn:" + partition + ":iam::" + id + ":root");
    }

    /**
     * The account's enabled regions, those of the settings where they name some. One that is not opted into is told, not visited.
     *
     * @throws RunException where the settings name one that there is not
     */
    List<String> regions(String account) {
        return List.copyOf(access.regions(account, () -> asked(account)));
    }

    /** Where a regional service is tried: at home, unless that is not among the regions that are visited. */
    String anyRegion(String account) {
        var home = access.settings().homeRegion();
        var regions = regions(account);
        return regions.isEmpty() || regions.contains(home) ? home : regions.get(0);
    }

    private Set<String> asked(String account) {
        var wanted = access.settings().regions();
        var regions = new TreeSet<String>();
        var unknown = new TreeSet<>(wanted);
        try {
            var answer = access.call(
                    REGIONS, account, access.settings().homeRegion(), REGIONS.request(answerless(), value -> value));
            for (var region : answer.path("Regions")) {
                var name = region.path("RegionName").asText();
                unknown.remove(name);
                boolean enabled = ENABLED.contains(region.path("OptInStatus").asText("opt-in-not-required"));
                if (!enabled && wanted.contains(name)) {
                    run.counts().dropped("region_not_opted_in", 0);
                } else if (enabled && (wanted.isEmpty() || wanted.contains(name))) {
                    regions.add(name);
                }
            }
        } catch (SdkException e) {
            if (wanted.isEmpty() || !AwsErrors.denied(e)) {
                throw AwsErrors.of(e, REGIONS, " in account " + account);
            }
            regions.addAll(wanted);
            return regions;
        }
        if (!unknown.isEmpty()) {
            throw wrong("account " + account + " has no region " + unknown
                    + ": correct 'regions', all of which belong to one partition");
        }
        return regions;
    }

    private static RunException wrong(String what) {
        return new RunException(RunError.of("settings.invalid", what, false));
    }

    private static JsonNode answerless() {
        return JsonNodeFactory.instance.objectNode();
    }
}
