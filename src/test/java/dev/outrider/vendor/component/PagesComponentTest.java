package dev.outrider.vendor.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.outrider.vendor.paging.PageSpec;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The parameters of a listing as a route file gives them. */
class PagesComponentTest {
    private static final String ROUTE =
            """
            - route:
                id: acme-hosts
                from:
                  uri: direct:acme-hosts
                  steps:
                    - to:
                        uri: pages:/hosts/query
                        parameters:
                          method: POST
                          body: 'RAW({"filter": {"since": "{sinceSecs}", "names": ["a+b", "50%"]}, "deep": {"er": {}}})'
                          paging: cursor
                          next: /after
                          nextParam: /page/after
                          details.path: /hosts/{org}/get
                          details.param: ids
                          details.size: 2
                          query.sort: id
            """;

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void open() {
        camel.addComponent("pages", new PagesComponent(null, null));
        camel.start();
    }

    @AfterEach
    void close() {
        camel.stop();
    }

    @Test
    void readsABodyAndDetailsAsTheyAreWritten() throws Exception {
        load(ROUTE);

        var listing = endpoint().listing(new PageSpec());
        assertThat(listing.spec().getBody())
                .isEqualTo(
                        "{\"filter\": {\"since\": \"{sinceSecs}\", \"names\": [\"a+b\", \"50%\"]}, \"deep\": {\"er\": {}}}");
        assertThat(listing.spec().getDetails().getPath()).isEqualTo("/hosts/{org}/get");
        assertThat(listing.spec().getDetails().getSize()).isEqualTo(2);
        assertThat(listing.query()).containsEntry("sort", "id");
    }

    @Test
    void namesAParameterThatItDoesNotKnow() {
        assertThatThrownBy(() -> load(ROUTE.replace("details.size", "details.sise")))
                .hasStackTraceContaining("sise");
    }

    @Test
    void takesFromTheClassWhatItDoesNotSayItself() throws Exception {
        load(ROUTE);
        var common = new PageSpec();
        common.setPaging("page");
        common.setItems("/hosts");
        common.getDetails().setItems("/found");
        common.getDetails().setSize(500);

        var spec = endpoint().listing(common).spec();

        assertThat(spec.getPaging()).isEqualTo("cursor");
        assertThat(spec.getItems()).isEqualTo("/hosts");
        assertThat(spec.getDetails().getItems()).isEqualTo("/found");
        assertThat(spec.getDetails().getSize()).isEqualTo(2);
        assertThat(common.getDetails().getSize()).isEqualTo(500);
    }

    @Test
    void asksForTheClassesOrder() throws Exception {
        load(ROUTE);
        var common = ordered();

        assertThat(endpoint().listing(common).query())
                .containsOnly(entry("by", "changed"), entry("direction", "desc"), entry("sort", "id"));
        assertThat(endpoint().listing(common).spec().isConditional()).isTrue();

        common.setOrderQuery("desc");
        assertThatThrownBy(() -> endpoint().listing(common)).hasMessageContaining("orderQuery");
    }

    @Test
    void leavesOutTheClassesOrderWhereItHasAnother() throws Exception {
        load(ROUTE.replace("paging: cursor\n", "paging: cursor\n              order: ascending\n"));

        assertThat(endpoint().listing(ordered()).query()).containsOnlyKeys("sort");
        assertThat(endpoint().listing(ordered()).spec().isConditional()).isFalse();
    }

    @Test
    void asksForChangesAsItsClassDoesWhereItHasAWatermark() throws Exception {
        load(ROUTE);
        var common = new PageSpec();
        common.setSinceQuery("changed[gte]={sinceSecs}");

        assertThat(endpoint().listing(common).since()).isEmpty();
        common.setWatermark("/at");
        assertThat(endpoint().listing(common).since()).containsOnly(entry("changed[gte]", "{sinceSecs}"));
    }

    private static PageSpec ordered() {
        var common = new PageSpec();
        common.setWatermark("/at");
        common.setOrder("descending");
        common.setOrderQuery("by=changed&direction=desc");
        common.setConditional(true);
        return common;
    }

    @Test
    void refusesWhatMakesNoSenseTogether() throws Exception {
        load(ROUTE.replace("next: /after\n", "\n"));

        assertThatThrownBy(() -> endpoint().listing(new PageSpec())).hasMessageContaining("paging=cursor needs next");

        var common = new PageSpec();
        common.setNext("/after");
        assertThat(endpoint().listing(common).spec().getNext()).isEqualTo("/after");
    }

    private PagesEndpoint endpoint() {
        return camel.getEndpoints().stream()
                .filter(PagesEndpoint.class::isInstance)
                .map(PagesEndpoint.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private void load(String route) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("acme.yaml", route));
    }
}
