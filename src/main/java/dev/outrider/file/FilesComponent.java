package dev.outrider.file;

import dev.outrider.integration.Secrets;
import dev.outrider.store.Store;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code files:pages}, {@code files:check} and {@code files:find}: scanner files of the folder or bucket that an integration's settings
 * name. Takes the store, the secrets and the opener of formats from Camel's registry.
 */
public class FilesComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        var operation = FilesEndpoint.Operation.of(remaining);
        int pageItems = getAndRemoveParameter(parameters, "pageItems", Integer.class, 500);
        if (pageItems < 1) {
            throw new IllegalArgumentException("files:" + remaining + ": pageItems is at least 1");
        }
        var stream = getAndRemoveParameter(parameters, "stream", String.class, "files");
        return new FilesEndpoint(uri, this, operation, pageItems, stream);
    }

    Sources sources() {
        var context = getCamelContext();
        var allowed = context.getPropertiesComponent().resolveProperty("outrider.allow-private");
        return new Sources(
                CamelContextHelper.mandatoryFindSingleByType(context, Store.class),
                CamelContextHelper.mandatoryFindSingleByType(context, Secrets.class),
                allowed.map(Boolean::parseBoolean).orElse(false));
    }

    Store store() {
        return CamelContextHelper.mandatoryFindSingleByType(getCamelContext(), Store.class);
    }

    ScanOpener opener() {
        return CamelContextHelper.mandatoryFindSingleByType(getCamelContext(), ScanOpener.class);
    }
}
