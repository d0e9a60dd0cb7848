package dev.outrider.vendor.http;

import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import dev.outrider.vendor.spec.HttpSpec;
import java.net.URI;

/** An integration's base URL: its setting, or the vendor's public one, as the class's rules rewrite it. */
final class BaseUrl {
    private BaseUrl() {}

    /** @throws RunException {@code settings.invalid} where it is no http or https URL */
    static URI of(String integration, String setting, HttpSpec spec) {
        var url = (setting == null || setting.isBlank() ? spec.getUrl() : setting).strip();
        url = url.replaceAll("/+$", "");
        url = UrlRules.apply(spec.getUrlRules(), url);
        try {
            var base = URI.create(url);
            Origin.of(base);
            if (base.getRawQuery() != null || base.getRawFragment() != null || base.getRawUserInfo() != null) {
                throw new IllegalArgumentException("it holds more than host and path");
            }
            return base;
        } catch (IllegalArgumentException e) {
            throw new RunException(RunError.of(
                    "settings.invalid",
                    "integration " + integration + ": settings.url is no URL of a vendor, such as https://host: "
                            + e.getMessage(),
                    false));
        }
    }
}
