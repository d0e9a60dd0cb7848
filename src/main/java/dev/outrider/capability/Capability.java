package dev.outrider.capability;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.vendor.VendorClass;
import dev.outrider.vendor.export.ExportSpec;
import dev.outrider.vendor.paging.PageSpec;
import dev.outrider.vendor.spec.HttpSpec;
import dev.outrider.webhook.WebhookSpec;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a class is, as its route file's {@code beans:} section says it. The streams, validation and affiliation are the routes that start
 * from {@code capability:<class>/…}.
 */
public class Capability implements VendorClass {
    public static final Set<String> SURFACES = Set.of("internal", "external", "cloud", "repository", "application");

    private String title;
    private String description = "";
    private String surface;
    private int concurrency = 6;
    private int timeoutMinutes = 240;
    private HttpSpec http = new HttpSpec();
    private PageSpec pages = new PageSpec();
    private ExportSpec exports = new ExportSpec();
    private WebhookSpec webhook = new WebhookSpec();

    public String getTitle() {
        return title;
    }

    /** Shown to people. */
    public void setTitle(String title) {
        this.title = title;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    public String getSurface() {
        return surface;
    }

    /** The attack surface stamped on records: one of {@link #SURFACES}. An integration's own setting {@code surface} wins. */
    public void setSurface(String surface) {
        this.surface = surface;
    }

    public int getConcurrency() {
        return concurrency;
    }

    /** How many streams of one job run side by side. */
    public void setConcurrency(int concurrency) {
        this.concurrency = concurrency;
    }

    public int getTimeoutMinutes() {
        return timeoutMinutes;
    }

    /** A job that takes longer is cancelled at its next page boundary. */
    public void setTimeoutMinutes(int timeoutMinutes) {
        this.timeoutMinutes = timeoutMinutes;
    }

    @Override
    public HttpSpec getHttp() {
        return http;
    }

    /** How the class's API is called; classes without one leave it as it is. */
    public void setHttp(HttpSpec http) {
        this.http = http;
    }

    @Override
    public PageSpec getPages() {
        return pages;
    }

    /** What the class's listings have in common: parameters of {@code pages:} that each of them has unless it says otherwise. */
    public void setPages(PageSpec pages) {
        this.pages = pages;
    }

    @Override
    public ExportSpec getExports() {
        return exports;
    }

    /** The same of {@code export:}. */
    public void setExports(ExportSpec exports) {
        this.exports = exports;
    }

    @Override
    public Optional<Predicate<JsonNode>> brought(String stream) {
        return webhook.brought(stream);
    }

    public WebhookSpec getWebhook() {
        return webhook;
    }

    /** How deliveries are verified and read; classes that take none leave it as it is. */
    public void setWebhook(WebhookSpec webhook) {
        this.webhook = webhook;
    }
}
