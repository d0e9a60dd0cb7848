package dev.outrider.vendor.spec;

/** Where a class tells how much may be asked of it: names and units of headers, which differ from vendor to vendor. */
public class QuotaSpec {
    private String limitHeader = "";
    private String remainingHeader = "";
    private String usedHeader = "";
    private String resetHeader = "";
    private String resetUnit = "epochSeconds";
    private String bucketHeader = "";
    private String retryHeader = "Retry-After";
    private String retryUnit = "seconds";
    private String allowance = "";
    private boolean shared = false;
    private int reservePercent = 1;

    public String getLimitHeader() {
        return limitHeader;
    }

    /** How many requests a window allows. */
    public void setLimitHeader(String limitHeader) {
        this.limitHeader = limitHeader;
    }

    public String getRemainingHeader() {
        return remainingHeader;
    }

    /** How many are left. */
    public void setRemainingHeader(String remainingHeader) {
        this.remainingHeader = remainingHeader;
    }

    public String getUsedHeader() {
        return usedHeader;
    }

    /** How many are used, as {@code used/limit}; {@code X-Name=figure} reads those of that name. The vendor tells no end of it: once only the reserve is left, a run ends and a later one goes on. */
    public void setUsedHeader(String usedHeader) {
        this.usedHeader = usedHeader;
    }

    public String getResetHeader() {
        return resetHeader;
    }

    /** When the window ends. */
    public void setResetHeader(String resetHeader) {
        this.resetHeader = resetHeader;
    }

    public String getResetUnit() {
        return resetUnit;
    }

    /** Unit of the reset header: {@code epochSeconds} or {@code seconds} from now. */
    public void setResetUnit(String resetUnit) {
        this.resetUnit = resetUnit;
    }

    public String getBucketHeader() {
        return bucketHeader;
    }

    /** Names the allowance a request was taken from; without one every path has its own, or all share one ({@code shared}). */
    public void setBucketHeader(String bucketHeader) {
        this.bucketHeader = bucketHeader;
    }

    public String getRetryHeader() {
        return retryHeader;
    }

    /** How long to wait after a refusal: seconds, or an HTTP date. */
    public void setRetryHeader(String retryHeader) {
        this.retryHeader = retryHeader;
    }

    public String getRetryUnit() {
        return retryUnit;
    }

    /** Unit of a number in the retry header: {@code seconds} or {@code epochSeconds}. */
    public void setRetryUnit(String retryUnit) {
        this.retryUnit = retryUnit;
    }

    public String getAllowance() {
        return allowance;
    }

    /** What is allowed where no header tells it, as {@code 100/1s}, {@code 600/1m} or {@code 5000/1h}. */
    public void setAllowance(String allowance) {
        this.allowance = allowance;
    }

    public boolean isShared() {
        return shared;
    }

    /** Whether all paths draw from one allowance. */
    public void setShared(boolean shared) {
        this.shared = shared;
    }

    public int getReservePercent() {
        return reservePercent;
    }

    /** What is left to others, rounded down to whole requests. */
    public void setReservePercent(int reservePercent) {
        this.reservePercent = reservePercent;
    }
}
