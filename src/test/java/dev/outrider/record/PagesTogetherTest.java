package dev.outrider.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.identity.EnvelopeRecords;
import dev.outrider.record.identity.IdentifyRecords;
import dev.outrider.record.mapping.MapRecords;
import dev.outrider.record.normal.NormaliseRecords;
import dev.outrider.record.schema.CheckRecords;
import dev.outrider.record.scope.FilterRecords;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Pages of several deliveries in one exchange, through the steps of the common route. */
class PagesTogetherTest {
    private static final String ASSET = "{'kind':'asset','dns':'a.example.com','name':'192.0.2.1'}";
    private static final String OTHER = "{'kind':'asset','dns':'b.example.com','name':'192.0.2.2'}";
    private static final String BROKEN = "{'kind':'asset','dns':'','name':'no address'}";

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void makesTheSameRecordsOfEachAsOfThatPageAlone() throws Exception {
        var together = sent(page("one", ASSET), page("two", OTHER, ASSET), page("three", ASSET));

        assertThat(together.stream().map(PagesTogetherTest::ids))
                .containsExactly(
                        ids(sent(page("one", ASSET)).get(0)),
                        ids(sent(page("two", OTHER, ASSET)).get(0)),
                        ids(sent(page("three", ASSET)).get(0)));
    }

    @Test
    void countsEachByItselfAndKeepsADeadLetterWithItsOwnUnit() throws Exception {
        var together = sent(page("good", ASSET), page("bad", OTHER, BROKEN));

        assertThat(together.stream().map(batch -> batch.tally().emitted())).containsExactly(1L, 1L);
        assertThat(together.stream().map(batch -> batch.tally().failed())).containsExactly(0L, 1L);
        assertThat(together.get(0).commit().deadLetters()).isEmpty();
        assertThat(together.get(1).commit().deadLetters()).singleElement().satisfies(letter -> assertThat(letter.unit())
                .isEqualTo("bad"));
    }

    @Test
    void takesTheMappingThatEachNames() throws Exception {
        var named = page("two", ASSET).mappedBy("plain/none");

        var together = sent(page("one", ASSET), named);

        assertThat(together.stream().map(Batch::mapping)).containsExactly("plain/records", "plain/none");
        assertThat(together.stream().map(batch -> batch.tally().emitted())).containsExactly(1L, 0L);
    }

    @Test
    void tellsThatAMappingMustComeFirst() {
        exchange.getMessage().setBody("a text");

        assertThatThrownBy(() -> new CheckRecords().process(exchange)).hasMessageContaining("mapRecords comes first");
    }

    private List<Batch> sent(Page... pages) throws Exception {
        exchange.getMessage().setBody(new Pages(List.of(pages)));
        for (Processor step : List.of(
                new MapRecords(Runs.registry()),
                new NormaliseRecords(),
                new CheckRecords(),
                new FilterRecords(),
                new IdentifyRecords(),
                new EnvelopeRecords())) {
            step.process(exchange);
        }
        return Batches.in(exchange).all();
    }

    private static Page page(String unit, String... items) {
        var nodes = Arrays.stream(items).map(Runs::json).toArray(JsonNode[]::new);
        return Runs.page(Runs.run("internal"), Runs.unit(unit), 1, nodes).mappedBy("plain/records");
    }

    private static List<String> ids(Batch batch) {
        return Stream.concat(
                        Stream.of(batch.page().unit().id()),
                        Runs.lines(batch).stream().map(line -> line.get("id").textValue()))
                .toList();
    }
}
