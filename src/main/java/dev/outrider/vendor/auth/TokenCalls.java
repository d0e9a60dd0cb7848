package dev.outrider.vendor.auth;

import dev.outrider.vendor.http.VendorReply;
import dev.outrider.vendor.http.VendorRequest;
import dev.outrider.vendor.quota.Waiter;
import java.util.function.Supplier;

/** Calls a token endpoint: no credential is added, no redirect followed. */
@FunctionalInterface
public interface TokenCalls {
    /** @param request made anew for every attempt, because a signed assertion counts once */
    VendorReply call(Supplier<VendorRequest> request, Waiter waiter);
}
