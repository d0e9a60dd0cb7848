package dev.outrider.vendor.paging;

import dev.outrider.vendor.http.Headers;
import java.util.Optional;
import java.util.regex.Pattern;

/** Link headers (RFC 8288): in one line joined by commas, or in several. */
final class Links {
    private static final Pattern LINK = Pattern.compile("<([^>]*)>((?:\\s*;\\s*[^,;<\"]+(?:=?\"[^\"]*\")?)*)");
    private static final Pattern NEXT = Pattern.compile(
            ";\\s*rel\\s*=\\s*(?:\"(?:[^\"]*\\s)?next(?:\\s[^\"]*)?\"|next\\s*(?:;|$))", Pattern.CASE_INSENSITIVE);

    private Links() {}

    /** The address of {@code rel="next"}, as it was written. */
    static Optional<String> next(Headers headers) {
        for (var line : headers.all("Link")) {
            var link = LINK.matcher(line);
            while (link.find()) {
                if (NEXT.matcher(link.group(2)).find()) {
                    return Optional.of(link.group(1).strip());
                }
            }
        }
        return Optional.empty();
    }
}
