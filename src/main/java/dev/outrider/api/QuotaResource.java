package dev.outrider.api;

import dev.outrider.vendor.quota.QuotaView;
import dev.outrider.vendor.quota.Quotas;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** What vendors still allow, and which streams wait for it. */
@Path("/api/quotas")
@Produces(MediaType.APPLICATION_JSON)
public class QuotaResource {
    private final Quotas quotas;

    @Inject
    public QuotaResource(Quotas quotas) {
        this.quotas = quotas;
    }

    /** Per credential: its windows, and who waits on which until when. */
    @GET
    public Map<String, List<QuotaView>> list() {
        return Map.of("quotas", quotas.view());
    }
}
