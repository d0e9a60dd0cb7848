package dev.outrider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.record.Page;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookStepsTest {
    private final WebhookSteps steps = new WebhookSteps(null, null);

    @Test
    void sendsThePagesOfManySmallDeliveriesTogetherInTheirOrder() {
        var pages = pages(1, 2, 3);

        assertThat(steps.together(pages)).containsExactly(pages);
    }

    @Test
    void holdsNoMoreItemsAtOnceThanAPageOfAStreamHas() {
        var pages = pages(1, 100_000, 200, 56, 1);

        assertThat(steps.together(pages))
                .containsExactly(pages.subList(0, 1), pages.subList(1, 2), pages.subList(2, 4), pages.subList(4, 5));
    }

    @Test
    void sendsPagesThatHoldOnlyFaultsToo() {
        var pages = pages(0, 0);

        assertThat(steps.together(pages)).containsExactly(pages);
    }

    private static List<MappedPage> pages(int... items) {
        return Arrays.stream(items).mapToObj(WebhookStepsTest::page).toList();
    }

    private static MappedPage page(int items) {
        List<JsonNode> nodes = Collections.nCopies(items, JsonNodeFactory.instance.objectNode());
        return new MappedPage(new Page(null, null, 1, nodes, List.of(), null, List.of(), true), List.of(), List.of());
    }
}
