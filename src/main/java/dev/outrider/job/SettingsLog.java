package dev.outrider.job;

import dev.outrider.capability.CapabilityRegistry;
import dev.outrider.integration.Integration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Says in the log what is wrong with the settings of integrations, once each: one that only receives may never have a job that says so. */
final class SettingsLog {
    private static final Logger LOG = Logger.getLogger(SettingsLog.class);

    private final Map<String, List<String>> told = new HashMap<>();

    void tell(List<Integration> integrations, CapabilityRegistry classes) {
        var now = new HashMap<String, List<String>>();
        for (var integration : integrations) {
            classes.find(integration.capability())
                    .ifPresent(capability -> now.put(integration.name(), capability.check(integration)));
            for (var wrong : now.getOrDefault(integration.name(), List.of())) {
                if (!told.getOrDefault(integration.name(), List.of()).contains(wrong)) {
                    LOG.errorf("integration %s (%s): %s", integration.name(), integration.origin(), wrong);
                }
            }
        }
        told.clear();
        told.putAll(now);
    }
}
