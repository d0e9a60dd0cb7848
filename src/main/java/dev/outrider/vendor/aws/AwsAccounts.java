package dev.outrider.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.Page;
import dev.outrider.record.StreamRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.camel.Exchange;

/** Makes the body the page of the accounts that the integration visits: few enough to be one. */
record AwsAccounts() implements AwsEndpoint.Action {
    @Override
    public void run(Exchange exchange, StreamRun run, AwsComponent component) {
        var access = component.open(exchange, run);
        var progress = AwsProgress.begin(component.store().state(), run, "accounts", Instant.now());
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
        Iterator<Page> pages = List.of(
                        new Page(run, progress.unit(), number, accounts, List.of(), progress.cursor(), List.of(), true))
                .iterator();
        exchange.getMessage().setBody(pages);
    }
}
