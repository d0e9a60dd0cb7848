package dev.outrider.vendor.aws;

import dev.outrider.record.RunException;
import dev.outrider.vendor.VendorException;
import java.net.UnknownHostException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/** What the SDK's exceptions mean to a run. */
final class AwsErrors {
    private static final Set<String> DENIED = Set.of(
            "AccessDenied",
            "AccessDeniedException",
            "AuthorizationError",
            "UnauthorizedOperation",
            "AuthorizationErrorException",
            "ForbiddenException");
    private static final Set<String> REGION_OFF = Set.of(
            "AuthFailure",
            "OptInRequired",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "SignatureDoesNotMatch");
    private static final Set<String> NOT_USED =
            Set.of("SubscriptionRequiredException", "InvalidAccessException", "AWSOrganizationsNotInUseException");
    private static final Set<String> CREDENTIALS = Set.of(
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "ExpiredTokenException",
            "AuthFailure",
            "IncompleteSignature");

    private AwsErrors() {}

    /** Empty where the answer has none that the SDK could read. */
    static String code(Throwable thrown) {
        return thrown instanceof AwsServiceException service
                        && service.awsErrorDetails() != null
                        && service.awsErrorDetails().errorCode() != null
                ? service.awsErrorDetails().errorCode()
                : "";
    }

    static boolean denied(Throwable thrown) {
        var code = code(thrown);
        return DENIED.contains(code)
                || code.isEmpty() && thrown instanceof AwsServiceException service && service.statusCode() == 403;
    }

    /** Why nothing of the kind can be in this region, as a word for the report; null where the error is none of that sort. */
    static String absence(Throwable thrown, AwsCall call, String region) {
        if (NOT_USED.contains(code(thrown))) {
            return "service_not_used";
        }
        if (denied(thrown) && String.valueOf(thrown.getMessage()).contains("service control policy")) {
            return "region_denied_by_policy";
        }
        for (var at = thrown; at != null; at = at.getCause()) {
            // A name that must be there and is not is an outage of our name server.
            if (at instanceof UnknownHostException && !AwsServices.in(region, call.service())) {
                return "service_not_in_region";
            }
        }
        return null;
    }

    /** Whether the region itself refuses credentials that are good elsewhere. */
    static boolean regionOff(Throwable thrown) {
        return REGION_OFF.contains(code(thrown));
    }

    /** @param where the account and region, for people */
    static RunException of(Throwable thrown, AwsCall call, String where) {
        for (var at = thrown; at != null; at = at.getCause()) {
            if (at instanceof RunException known) {
                return known;
            }
        }
        if (!(thrown instanceof AwsServiceException service)) {
            return new VendorException(
                    "vendor.unreachable",
                    call.action() + where + ": " + thrown.getMessage(),
                    thrown instanceof SdkException,
                    thrown);
        }
        int status = service.statusCode();
        var code = code(service).isEmpty() ? "HTTP " + status : code(service);
        if (service instanceof StsException && !call.service().equals("sts") && denied(service)) {
            return failure(
                    "vendor.forbidden",
                    ": the role cannot be assumed: it must exist, trust the caller and expect the given externalId",
                    false,
                    call,
                    where,
                    status);
        }
        if (denied(service)) {
            return failure("vendor.forbidden", ": access denied: grant " + call.action(), false, call, where, status);
        }
        if (CREDENTIALS.contains(code)) {
            return failure("vendor.unauthorized", ": " + code + ": renew the credentials", false, call, where, status);
        }
        if (service.isThrottlingException()) {
            return failure("vendor.rate_limited", ": " + code, true, call, where, status);
        }
        return failure(
                status >= 500 ? "vendor.server_error" : "vendor.refused",
                ": " + code,
                status >= 500,
                call,
                where,
                status);
    }

    private static VendorException failure(
            String code, String what, boolean retryable, AwsCall call, String where, int status) {
        return new VendorException(code, call.action() + where + what, retryable, status);
    }
}
