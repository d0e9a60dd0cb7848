package dev.outrider.vendor.spec;

/** How a class's API is called. Texts may hold {@code {setting}}, which the integration fills; {@code {url}} is its base URL. */
public class HttpSpec {
    private String url = "";
    private String path = "";
    private String urlRules = "";
    private String headers = "";
    private String hosts = "";
    private int concurrency = 10;
    private int connectTimeoutSecs = 10;
    private int responseTimeoutSecs = 60;
    private int callTimeoutSecs = 300;
    private int maxBodyMb = 64;
    private String partialIf = "";
    private String permissionHeader = "";
    private AuthSpec auth = new AuthSpec();
    private QuotaSpec quota = new QuotaSpec();
    private RetrySpec retry = new RetrySpec();

    public String getUrl() {
        return url;
    }

    /** The vendor's public base URL, for integrations without a setting {@code url}; empty where there is none. */
    public void setUrl(String url) {
        this.url = url;
    }

    public String getPath() {
        return path;
    }

    /** What the paths of routes begin with; links of the vendor's are whole without it. */
    public void setPath(String path) {
        this.path = path;
    }

    public String getUrlRules() {
        return urlRules;
    }

    /** What makes a base URL of what people write, a line each as {@code pattern => replacement}: the first pattern that matches counts. */
    public void setUrlRules(String urlRules) {
        this.urlRules = urlRules;
    }

    public String getHeaders() {
        return headers;
    }

    /** Headers of every request, a line each as {@code Name: value}. */
    public void setHeaders(String headers) {
        this.headers = headers;
    }

    public String getHosts() {
        return hosts;
    }

    /** Hosts besides that of the base URL to which a redirect may lead, separated by commas; {@code *.} takes all below. Credentials never go there. */
    public void setHosts(String hosts) {
        this.hosts = hosts;
    }

    public int getConcurrency() {
        return concurrency;
    }

    /** Requests of one credential that may be under way at once. */
    public void setConcurrency(int concurrency) {
        this.concurrency = concurrency;
    }

    public int getConnectTimeoutSecs() {
        return connectTimeoutSecs;
    }

    public void setConnectTimeoutSecs(int connectTimeoutSecs) {
        this.connectTimeoutSecs = connectTimeoutSecs;
    }

    public int getResponseTimeoutSecs() {
        return responseTimeoutSecs;
    }

    /** The longest silence of the vendor. */
    public void setResponseTimeoutSecs(int responseTimeoutSecs) {
        this.responseTimeoutSecs = responseTimeoutSecs;
    }

    public int getCallTimeoutSecs() {
        return callTimeoutSecs;
    }

    /** The longest that one reply may take from first to last byte. */
    public void setCallTimeoutSecs(int callTimeoutSecs) {
        this.callTimeoutSecs = callTimeoutSecs;
    }

    public int getMaxBodyMb() {
        return maxBodyMb;
    }

    /** A larger reply is an error of its page; counted as it is read, after decompression. */
    public void setMaxBodyMb(int maxBodyMb) {
        this.maxBodyMb = maxBodyMb;
    }

    public String getPartialIf() {
        return partialIf;
    }

    /** A header of a good answer that says that rows are missing, as {@code Name: pattern}; empty for none. */
    public void setPartialIf(String partialIf) {
        this.partialIf = partialIf;
    }

    public String getPermissionHeader() {
        return permissionHeader;
    }

    /** The header of a 403 that names the permission it lacks; empty for none. */
    public void setPermissionHeader(String permissionHeader) {
        this.permissionHeader = permissionHeader;
    }

    public AuthSpec getAuth() {
        return auth;
    }

    public void setAuth(AuthSpec auth) {
        this.auth = auth;
    }

    public QuotaSpec getQuota() {
        return quota;
    }

    public void setQuota(QuotaSpec quota) {
        this.quota = quota;
    }

    public RetrySpec getRetry() {
        return retry;
    }

    public void setRetry(RetrySpec retry) {
        this.retry = retry;
    }
}
