package dev.outrider.vendor.quota;

import dev.outrider.vendor.spec.HttpSpec;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ledgers of all credentials in use. Integrations that share a credential share its ledger. */
@ApplicationScoped
@Unremovable
public class Quotas {
    private final Map<String, QuotaLedger> ledgers = new ConcurrentHashMap<>();

    /** @param credential a digest of the credential */
    public QuotaLedger ledger(String origin, String credential, HttpSpec spec) {
        return ledgers.computeIfAbsent(
                origin + " " + credential, key -> new QuotaLedger(origin, credential, spec, Clock.systemUTC()));
    }

    /** What {@code GET /api/quotas} shows. */
    public List<QuotaView> view() {
        return ledgers.values().stream().map(QuotaLedger::view).toList();
    }
}
