package dev.outrider.vendor.sweep;

import dev.outrider.vendor.http.VendorClient;
import dev.outrider.vendor.http.VendorReply;
import dev.outrider.vendor.paging.PageSpec;
import java.util.Optional;

/** What tells whether a listing is what it was: its entity tag, or a version in its body. What one credential is shown is not what another is. */
record Versions(VendorClient client, PageSpec spec) {
    /** To be kept once the listing is collected whole; null where nothing tells. */
    String of(VendorReply reply) {
        var told = spec.isConditional()
                ? reply.headers().first("ETag")
                : Optional.of(spec.getVersion())
                        .filter(pointer -> !pointer.isEmpty())
                        .map(pointer -> reply.body().at(pointer).asText(""))
                        .filter(text -> !text.isBlank());
        return told.map(text -> client.credential() + " " + text).orElse(null);
    }

    /** Whether the body says that it lists what was collected whole. */
    boolean same(VendorReply reply, String kept) {
        return !spec.isConditional() && kept != null && kept.equals(of(reply));
    }

    /** The entity tag to ask with. */
    Optional<String> tag(String kept) {
        var ours = client.credential() + " ";
        return spec.isConditional() && kept != null && kept.startsWith(ours)
                ? Optional.of(kept.substring(ours.length()))
                : Optional.empty();
    }
}
