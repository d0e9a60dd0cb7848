package dev.outrider.vendor.spec;

/** Which answers may pass by themselves. Everything else is final. */
public class RetrySpec {
    private int attempts = 5;
    private String limitStatuses = "429";
    private String limitedIf = "";
    private int limitWaitSecs = 0;
    private String statuses = "408,500,502,503,504";
    private int backoffSecs = 1;
    private String adviceHeader = "";
    private String errors = "";
    private String errorsAgainIf =
            "(?i)\\b(408|429|5\\d\\d)\\b|internal|time[d-]?\\W?out|temporar|unavailable|try again|retry|throttl|too many";
    private String message =
            "/error/message,/message,/errorSummary,/errors/0/message,/error_description,/failure_reason,/error";

    public int getAttempts() {
        return attempts;
    }

    /** How often a call is tried in all. */
    public void setAttempts(int attempts) {
        this.attempts = attempts;
    }

    public String getLimitStatuses() {
        return limitStatuses;
    }

    /** Statuses that mean too many requests. */
    public void setLimitStatuses(String limitStatuses) {
        this.limitStatuses = limitStatuses;
    }

    public String getLimitedIf() {
        return limitedIf;
    }

    /** Statuses that mean it only where a header says so or the text of the reply matches, as {@code 403: pattern}, a line each. */
    public void setLimitedIf(String limitedIf) {
        this.limitedIf = limitedIf;
    }

    public int getLimitWaitSecs() {
        return limitWaitSecs;
    }

    /** How long to wait, at the least, after a refusal that does not tell how long. */
    public void setLimitWaitSecs(int limitWaitSecs) {
        this.limitWaitSecs = limitWaitSecs;
    }

    public String getStatuses() {
        return statuses;
    }

    /** Other statuses that are tried again. */
    public void setStatuses(String statuses) {
        this.statuses = statuses;
    }

    public int getBackoffSecs() {
        return backoffSecs;
    }

    /** The first wait; each further one is twice as long, at most a minute. */
    public void setBackoffSecs(int backoffSecs) {
        this.backoffSecs = backoffSecs;
    }

    public String getAdviceHeader() {
        return adviceHeader;
    }

    /** The header by which the vendor says, with {@code true} or {@code false}, whether a failed call may be tried again; limits aside. */
    public void setAdviceHeader(String adviceHeader) {
        this.adviceHeader = adviceHeader;
    }

    public String getErrors() {
        return errors;
    }

    /** JSON pointers that are set only in an error, separated by commas: a 200 that holds one is an error. */
    public void setErrors(String errors) {
        this.errors = errors;
    }

    public String getErrorsAgainIf() {
        return errorsAgainIf;
    }

    /** Such an error may pass, and the call is tried again, where its JSON or its message matches; any other is final. */
    public void setErrorsAgainIf(String errorsAgainIf) {
        this.errorsAgainIf = errorsAgainIf;
    }

    public String getMessage() {
        return message;
    }

    /** JSON pointers of what an error tells people, separated by commas; those joined by {@code +} are told together. */
    public void setMessage(String message) {
        this.message = message;
    }
}
