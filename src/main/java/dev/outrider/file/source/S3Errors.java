package dev.outrider.file.source;

import dev.outrider.record.RunError;
import dev.outrider.record.RunException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the vendor's errors mean and what to do about them. The vendor's own message stays out: it may hold anything. */
final class S3Errors {
    private static final Set<String> OF_CREDENTIALS = Set.of(
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "InvalidToken",
            "ExpiredToken",
            "TokenRefreshRequired",
            "AuthFailure",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "RequestTimeTooSkewed",
            "NotSignedUp");
    private static final Set<String> OF_REGION = Set.of(
            "PermanentRedirect",
            "TemporaryRedirect",
            "AuthorizationHeaderMalformed",
            "IllegalLocationConstraintException");

    private S3Errors() {}

    /**
     * @param doing what was tried, such as {@code listing the bucket drop}
     * @throws Cancelled where the call ended because its thread was to stop
     */
    static RunError of(SdkException e, String doing) {
        if (e instanceof AbortedException) {
            throw new Cancelled();
        }
        if (e instanceof AwsServiceException answered && answered.statusCode() > 0) {
            return answered(answered, doing);
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RunException ours) {
                return ours.error();
            }
            if (cause instanceof IOException io) {
                var why = io instanceof UnknownHostException
                        ? "the host " + Names.show(String.valueOf(io.getMessage())) + " is not known"
                        : Causes.of(io);
                return error(
                        "vendor.unreachable",
                        doing + " failed: " + why,
                        "check 'endpoint', 'region' and the network",
                        true,
                        0);
            }
        }
        if (String.valueOf(e.getMessage()).contains("credentials")) {
            return error(
                    "vendor.unauthorized",
                    doing + " failed: no credentials were found",
                    "give the secrets accessKeyId and secretAccessKey, or a role to this process",
                    false,
                    0);
        }
        return error("vendor.failed", doing + " failed: " + Causes.of(e), "try again", e.retryable(), 0);
    }

    private static RunError answered(AwsServiceException e, String doing) {
        int status = e.statusCode();
        var code = code(e);
        var failed = doing + " failed: " + (code.isEmpty() ? "HTTP " + status : code);
        if (code.equals("NoSuchBucket")) {
            return error(
                    "vendor.not_found",
                    failed + ": there is no such bucket",
                    "correct 'bucket' or 'endpoint'",
                    false,
                    status);
        }
        if (OF_CREDENTIALS.contains(code) || status == 401) {
            return error(
                    "vendor.unauthorized",
                    failed + ": the credentials are wrong or expired",
                    code.equals("RequestTimeTooSkewed")
                            ? "set this machine's clock"
                            : "correct accessKeyId and secretAccessKey",
                    false,
                    status);
        }
        if (OF_REGION.contains(code) || status == 301 || status == 307) {
            return error(
                    "vendor.wrong_region",
                    failed + ": the bucket is in " + region(e),
                    "correct 'region', or 'endpoint' where one is set",
                    false,
                    status);
        }
        if (status == 403) {
            return error(
                    "vendor.forbidden",
                    failed + ": the credentials may not do that",
                    "allow s3:ListBucket on the bucket and s3:GetObject on what lies under the prefix",
                    false,
                    status);
        }
        if (e.isThrottlingException() || status == 429 || status == 503) {
            return error("vendor.rate_limited", failed, "the next run tries again", true, status);
        }
        return status >= 500
                ? error("vendor.failed", failed, "the next run tries again", true, status)
                : error("vendor.refused", failed, "check the key, 'endpoint', 'pathStyle' and 'region'", false, status);
    }

    private static RunError error(String code, String what, String todo, boolean retryable, int status) {
        return RunError.of(code, what + "; " + todo, retryable, status);
    }

    static String code(AwsServiceException e) {
        var details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : Names.show(details.errorCode());
    }

    private static String region(AwsServiceException e) {
        var details = e.awsErrorDetails();
        return details == null || details.sdkHttpResponse() == null
                ? "another region"
                : details.sdkHttpResponse()
                        .firstMatchingHeader("x-amz-bucket-region")
                        .map(region -> "the region " + Names.show(region))
                        .orElse("another region");
    }

    /** Whether the store itself fails, rather than refusing one object. */
    static boolean outage(RunError error) {
        return error.retryable();
    }

    /** Whether any other object would be refused for the same reason. */
    static boolean ofAll(RunError error) {
        return switch (error.code()) {
            case "vendor.unauthorized", "vendor.wrong_region", "vendor.not_found", "egress.refused" -> true;
            default -> false;
        };
    }
}
