package dev.outrider.record;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An error as data.
 *
 * @param code stable and dotted, such as {@code file.cut} or {@code mapping.failed}
 * @param message for people: names the file or field, what is wrong and what to do; never a secret
 * @param retryable whether the same run may pass later without anybody acting
 * @param vendor class of the integration; null where the report's own is meant
 * @param page page in its unit, 0 where unknown
 * @param httpStatus the vendor's status, 0 where there was none
 * @param attempt how many times it was tried, 0 where once or not counted
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record RunError(
        String code,
        String message,
        boolean retryable,
        String vendor,
        String stream,
        int page,
        int httpStatus,
        int attempt) {
    public static RunError of(String code, String message, boolean retryable) {
        return of(code, message, retryable, 0);
    }

    public static RunError of(String code, String message, boolean retryable, int httpStatus) {
        return new RunError(code, message, retryable, null, null, 0, httpStatus, 0);
    }

    public RunError in(String stream, int page) {
        return new RunError(code, message, retryable, vendor, stream, page, httpStatus, attempt);
    }

    /** The same in other words. */
    public RunError saying(String words) {
        return new RunError(code, words, retryable, vendor, stream, page, httpStatus, attempt);
    }

    /** Met with a vendor, by the class that calls it. */
    public RunError from(String capability) {
        return new RunError(code, message, retryable, capability, stream, page, httpStatus, attempt);
    }

    /** After so many attempts. */
    public RunError after(int attempts) {
        return new RunError(code, message, retryable, vendor, stream, page, httpStatus, attempts);
    }
}
