package dev.outrider.record;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An error as data.
 *
 * @param code stable and dotted, such as {@code file.cut} or {@code mapping.failed}
 * @param message for people: names the file or field, what is wrong and what to do; never a secret
 * @param retryable whether the same run may pass later without anybody acting
 * @param page page in its unit, 0 where unknown
 * @param httpStatus the vendor's status, 0 where there was none
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record RunError(String code, String message, boolean retryable, String stream, int page, int httpStatus) {
    public static RunError of(String code, String message, boolean retryable) {
        return new RunError(code, message, retryable, null, 0, 0);
    }

    public RunError in(String stream, int page) {
        return new RunError(code, message, retryable, stream, page, httpStatus);
    }
}
