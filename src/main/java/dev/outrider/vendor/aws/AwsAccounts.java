package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.Page;
import dev.outrider.record.StreamRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Exchange;

/** Makes the body the page of the accounts that the integration visits: few enough to be one. */
record AwsAccounts() implements AwsEndpoint.Action {
    @Override
    public void run(Exchange exchange, StreamRun run, AwsComponent component) {
        var access = component.open(exchange, run);
        var begun = component.round(exchange, run).begin("accounts", Instant.now());
        exchange.getMessage()
                .setBody(begun.map(progress -> page(access, run, progress)).orElseGet(Collections::emptyIterator));
    }

    private static Iterator<Page> page(AwsAccess access, StreamRun run, AwsProgress progress) {
        var accounts = new ArrayList<JsonNode>();
        for (var account : new AwsTargets(access, run).accounts()) {
            accounts.add(account.set(
                    "aws",
                    account.objectNode()
                            .put("account", account.path("Id").asText())
                            .put("partition", access.identity().partition())));
        }
        int number = progress.page();
        progress.end();
        return List.of(new Page(run, progress.unit(), number, accounts, List.of(), progress.cursor(), List.of(), true))
                .iterator();
    }
}
