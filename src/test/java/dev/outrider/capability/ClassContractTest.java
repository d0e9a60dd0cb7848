package dev.outrider.capability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.vendor.component.PagesComponent;
import dev.outrider.vendor.component.VendorComponent;
import dev.outrider.vendor.export.ExportComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A class that could not try one of its streams does not load, and is told why. */
class ClassContractTest {
    private static final String CLASS =
            """
            - beans:
                - name: acme
                  type: dev.outrider.capability.Capability
                  properties: { title: Acme, surface: internal }
            - from: { uri: "capability:acme/stream/hosts?full=P1D", steps: [to: "pages:/hosts"] }
            - route:
                id: acme-risks
                from:
                  uri: capability:acme/stream/risks
                  steps:
                    - choice:
                        when: [{ simple: "${body} == 'all'", steps: [to: "pages:/risks/all"] }]
                        otherwise: { steps: [to: "pages:/risks"] }
            - route:
                id: acme-validate
                from:
                  uri: capability:acme/validate
                  steps:
                    - to: vendor:check?stream=risks&path=/risks
                    - to: vendor:check
            - route:
                id: acme-affiliation
                from: { uri: "capability:acme/affiliation", steps: [to: "vendor:lookup?path=/hosts/{externalId}"] }
            """;

    private static final String PLAIN =
            """
            - beans:
                - name: acme
                  type: dev.outrider.capability.Capability
                  properties: { title: Acme, surface: internal }
            - from: { uri: "capability:acme/stream/hosts", steps: [to: "pages:/hosts"] }
            - from: { uri: "capability:acme/affiliation", steps: [to: "vendor:lookup?path=/hosts/{externalId}"] }
            """;

    @TempDir
    Path routes;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final CapabilityRegistry registry = new CapabilityRegistry();
    private final RouteLoader loader = new RouteLoader(camel, registry);

    @BeforeEach
    void open() {
        camel.addComponent("capability", new CapabilityComponent(registry));
        camel.addComponent("pages", new PagesComponent(null, null));
        camel.addComponent("export", new ExportComponent(null, null));
        camel.addComponent("vendor", new VendorComponent(null, null, null));
        camel.start();
    }

    @AfterEach
    void close() {
        camel.stop();
    }

    @Test
    void triesWhatAStreamListsAndWhatTheRouteSaysWhereItListsByChoice() throws IOException {
        assertThat(problem(CLASS)).isEmpty();
    }

    @Test
    void namesARouteThatHasNoIdByWhereItStarts() throws IOException {
        assertThat(problem(CLASS)).isEmpty();

        assertThat(camel.getRoutes().stream().map(Route::getId))
                .containsExactlyInAnyOrder("acme-hosts", "acme-risks", "acme-validate", "acme-affiliation");
    }

    @Test
    void triesEachListingOfAClassThatHasNoValidationOfItsOwn() throws IOException {
        assertThat(problem(PLAIN)).isEmpty();

        assertThat(camel.getRoutes().stream().map(Route::getId))
                .containsExactlyInAnyOrder("acme-hosts", "acme-validate", "acme-affiliation");
    }

    @Test
    void refusesAClassThatNothingTellsHowToValidate() throws IOException {
        assertThat(problem(PLAIN.replace("pages:/hosts\"", "log:hosts\"")))
                .contains("no route starts from capability:acme/validate");
    }

    @Test
    void takesDeliveriesWhereTheClassSaysHowTheyAreVerified() throws IOException {
        assertThat(problem(PLAIN.replace("surface: internal", "surface: internal, webhook: { scheme: hmac }")))
                .isEmpty();

        assertThat(camel.getRoute("acme-webhook").getEndpoint().getEndpointUri())
                .isEqualTo("capability://acme/webhook");
    }

    @Test
    void refusesARouteForDeliveriesThatNothingVerifies() throws IOException {
        assertThat(problem(PLAIN + "- from: { uri: \"capability:acme/webhook\", steps: [to: \"log:hook\"] }\n"))
                .contains("bean acme has no section webhook");
    }

    @Test
    void refusesEventsThatBringObjectsWhichTheirStreamCouldNotKnowAgain() throws IOException {
        var text = PLAIN.replace(
                "surface: internal",
                "surface: internal, webhook: { scheme: hmac, mappings: \"seen => acme/hook brings hosts /host\" }");

        Files.createDirectories(routes.resolve("acme"));
        Files.writeString(routes.resolve("acme/hook.jslt"), "[]");

        assertThat(problem(text)).contains("bring objects of hosts").contains("identity");
        assertThat(problem(text.replace("brings hosts", "brings host"))).contains("a stream 'host'");
        assertThat(problem(text.replace("pages:/hosts\"", "pages:/hosts?identity=/id\"")))
                .isEmpty();
    }

    @Test
    void looksObjectsUpWhereTheirStreamListsThem() throws IOException {
        var text = PLAIN.replace("lookup?path=/hosts/{externalId}", "lookup?stream=hosts");

        assertThat(problem(text)).isEmpty();
        assertThat(problem(text.replace("stream=hosts", "stream=host"))).contains("a stream 'host'");
        assertThat(problem(text.replace("pages:/hosts", "pages:/hosts?details.path=/hosts/get&details.param=ids")))
                .contains("an object of the stream hosts");
    }

    @Test
    void takesOutItsUsualRoutesWithTheClass() throws IOException {
        problem(PLAIN);
        loader.remove("acme");

        assertThat(camel.getRoutes()).isEmpty();
    }

    @Test
    void refusesTwoRoutesFromTheSameStart() throws IOException {
        assertThat(problem(
                        CLASS + "- from: { uri: \"capability:acme/stream/hosts\", steps: [to: \"pages:/other\"] }\n"))
                .contains("route id acme-hosts is used twice");
    }

    @Test
    void refusesARouteFromElsewhereThatHasNoId() throws IOException {
        assertThat(problem(CLASS + "- from: { uri: \"direct:more\", steps: [to: \"pages:/other\"] }\n"))
                .contains("acme/acme.yaml")
                .contains("direct:more has no id");
    }

    @Test
    void takesWhatAnExportLacksFromTheClassAndRefusesWhatNeitherSays() throws IOException {
        var export = CLASS.replace("pages:/hosts\"", "export:/hosts/export?chunk=/c/{chunk}\"");
        assertThat(problem(export)).contains("route acme-hosts").contains("needs id");
        assertThat(problem(export.replace(
                        "surface: internal",
                        "surface: internal, exports: { id: /id, status: \"/s/{id}\", check: /s }")))
                .isEmpty();
    }

    @Test
    void refusesToGuessWhichOfTwoListingsIsMeant() throws IOException {
        assertThat(problem(CLASS.replace("vendor:check?stream=risks&path=/risks", "vendor:check?stream=hosts")))
                .contains("cannot try the stream risks")
                .contains("2 listings");
    }

    @Test
    void refusesACheckOfAStreamThatIsNone() throws IOException {
        assertThat(problem(CLASS.replace("stream=risks", "stream=risk"))).contains("a stream 'risk'");
    }

    @Test
    void refusesAnExportThatCouldOnlyBeTriedByBeginningOne() throws IOException {
        var export = "export:/hosts/export?id=/id&status=/s/{id}&chunk=/c/{chunk}";
        assertThat(problem(CLASS.replace("pages:/hosts", export)))
                .contains("cannot try the stream hosts")
                .contains("needs check");
        assertThat(problem(CLASS.replace("pages:/hosts", export + "&check=/s"))).isEmpty();
    }

    @Test
    void refusesParametersOfACheckThatHasNoPath() throws IOException {
        assertThat(problem(CLASS.replace("&path=/risks", "&query.limit=1"))).contains("no path that they are for");
    }

    @Test
    void refusesAMappingThatHasNoFileAndNamesWhereItIsNamed() throws IOException {
        var kamelets = Files.createDirectories(routes.resolve("common/kamelets"));
        Files.copy(Path.of("routes/common/kamelets/records.kamelet.yaml"), kamelets.resolve("records.kamelet.yaml"));
        loader.load(RouteFolder.read(routes, RouteFolder.COMMON, null));
        var text = PLAIN.replace(
                        "steps: [to: \"pages:/hosts\"]",
                        "steps: [to: \"pages:/hosts\", to: \"kamelet:records?mapping=acme/host\"]")
                .replace(
                        "surface: internal",
                        "surface: internal, webhook: { scheme: hmac, mappings: \"* => acme/hook brings hosts\" }")
                .replace("pages:/hosts\"", "pages:/hosts?identity=/id\"");

        assertThat(problem(text))
                .contains("acme/acme.yaml:4: mapping 'acme/hook' has no file acme/hook.jslt in the routes folder")
                .contains("acme/acme.yaml:5: mapping 'acme/host' has no file acme/host.jslt in the routes folder");
        Files.writeString(routes.resolve("acme/hook.jslt"), "[]");
        Files.writeString(routes.resolve("acme/host.jslt"), "[]");
        assertThat(problem(text)).isEmpty();
    }

    /** What keeps the class from loading; empty where nothing does. */
    private String problem(String text) throws IOException {
        var folder = Files.createDirectories(routes.resolve("acme"));
        Files.writeString(folder.resolve("acme.yaml"), text);
        Files.writeString(folder.resolve("settings.schema.json"), "{\"type\":\"object\",\"properties\":{}}");
        loader.load(RouteFolder.read(routes, "acme", null));
        var problem = registry.problems().get("acme");
        return problem == null ? "" : problem.message();
    }
}
