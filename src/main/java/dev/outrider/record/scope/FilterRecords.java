package dev.outrider.record.scope;

import dev.outrider.integration.Integration;
import dev.outrider.record.Batch;
import dev.outrider.record.Draft;
import dev.outrider.record.Entry;
import dev.outrider.record.PageStep;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.HashSet;

/**
 * Fourth step: drops noise by the run's attack surface, a risk with the asset it lies on, and what the integration does not import
 * (settings {@code importAssets} and {@code importVulnerabilities}, both on unless set; a value that is no flag turns one off).
 */
@ApplicationScoped
@Named("filterRecords")
@Unremovable
public class FilterRecords implements PageStep {
    @Override
    public void step(Batch batch) {
        var run = batch.page().run();
        boolean assets = on(run.integration(), "importAssets");
        boolean risks = on(run.integration(), "importVulnerabilities");
        for (var entry : batch.entries()) {
            if (entry.open()) {
                int before = entry.drafts().size();
                boolean alone = dropOutOfScope(entry, run.surface());
                // A technology that names no target lies on the item's asset.
                entry.drafts()
                        .removeIf(draft -> alone
                                && draft.kind().equals("technology")
                                && draft.hosts().isEmpty());
                int inScope = entry.drafts().size();
                if (before > 0 && inScope == 0) {
                    entry.drop(Batch.OUT_OF_SCOPE);
                } else if (inScope > 0 && !(assets && risks)) {
                    select(entry, assets, risks);
                }
            }
        }
    }

    private static boolean on(Integration integration, String setting) {
        return integration.setting(setting, "true").equalsIgnoreCase("true");
    }

    /** True where the item had assets and none is left. */
    private static boolean dropOutOfScope(Entry entry, String surface) {
        boolean had = hasAsset(entry);
        entry.drafts().removeIf(draft -> drops(draft, surface));
        return had && !hasAsset(entry);
    }

    private static boolean hasAsset(Entry entry) {
        for (var draft : entry.drafts()) {
            if (draft.kind().equals("asset")) {
                return true;
            }
        }
        return false;
    }

    private static boolean drops(Draft draft, String surface) {
        if (draft.outOfScope() == null) {
            draft.outOfScope(!draft.hosts().isEmpty() && Scope.drops(surface, draft.hosts()));
        }
        return draft.outOfScope();
    }

    private static void select(Entry entry, boolean assets, boolean risks) {
        var targets = new HashSet<String>();
        if (risks) {
            entry.drafts().stream()
                    .filter(draft -> draft.kind().equals("risk"))
                    .forEach(risk ->
                            targets.add(risk.data().path("target").path("key").asText()));
        }
        var kept = new ArrayList<Draft>();
        for (var draft : entry.drafts()) {
            boolean risk = draft.kind().equals("risk") || draft.kind().equals("file");
            if (risk ? risks : assets) {
                kept.add(draft);
            } else if (draft.kind().equals("asset") && targets.contains(draft.key())) {
                // A risk without its asset would hang in the air: the asset goes along as pending.
                draft.data().put("status", "P");
                kept.add(draft);
            }
        }
        entry.drafts(kept);
        if (kept.isEmpty()) {
            entry.drop(Batch.NOT_IMPORTED);
        }
    }
}
