package dev.outrider.record.normal;

import dev.outrider.record.value.Keys;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a cloud resource is known by. */
record CloudId(String provider, String account, String resourceId) {
    /** Every partition: aws, aws-cn, aws-us-gov, aws-iso and what may come. */
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:[^:]+:[^:]*:[^:]*:.+", Pattern.DOTALL);

    private static final Set<String> PROVIDERS = Set.of("aws", "azure", "gcp");

    static CloudId of(Fields in) {
        var provider = in.required("provider").toLowerCase(Locale.ROOT);
        if (!PROVIDERS.contains(provider)) {
            throw in.fault("provider", "is aws, azure or gcp");
        }
        var id = in.required("resourceId");
        var account = in.text("account");
        if (provider.equals("aws")) {
            if (!ARN.matcher(id).matches()) {
                throw in.fault("resourceId", "an AWS resource is known by its ARN");
            }
            if (account == null) {
                account = id.split(":", 6)[4];
            }
        }
        if (account == null || account.isEmpty()) {
            throw in.fault("account", "is missing");
        }
        return new CloudId(provider, account, id);
    }

    String key() {
        return Keys.cloudResource(provider, account, resourceId);
    }
}
