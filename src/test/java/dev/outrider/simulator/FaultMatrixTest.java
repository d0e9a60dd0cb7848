package dev.outrider.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.capability.VendorRig;
import dev.outrider.record.RunError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every stream of every class that has a simulator, against everything that a vendor may do wrong. After the fault has passed the next run
 * must have what a run without any fault has: nothing lost, nothing twice.
 */
class FaultMatrixTest {
    private static final Path ROUTES = Path.of("routes");
    private static final int FOR_EVER = 1_000_000;

    /** @param codes what the run may report; empty where it must be complete in spite of the fault */
    private record Case(Fault fault, int times, Set<String> codes) {
        private String title() {
            return fault + (times == FOR_EVER ? " for ever" : " once");
        }
    }

    private static final List<Case> CASES = List.of(
            new Case(Fault.UNAUTHORIZED, 1, Set.of("vendor.unauthorized")),
            new Case(Fault.UNAUTHORIZED, FOR_EVER, Set.of("vendor.unauthorized")),
            new Case(Fault.FORBIDDEN, FOR_EVER, Set.of("vendor.forbidden")),
            new Case(Fault.NOT_FOUND, FOR_EVER, Set.of("vendor.not_found", "not_offered_404")),
            new Case(Fault.LIMITED_FOR_A_SECOND, 1, Set.of()),
            new Case(Fault.LIMITED_UNTIL_A_DATE, 1, Set.of()),
            new Case(Fault.LIMITED_WITHOUT_A_TIME, 1, Set.of()),
            new Case(Fault.LIMITED_WITHOUT_A_TIME, FOR_EVER, Set.of("vendor.rate_limited")),
            new Case(Fault.SERVER_ERROR, 1, Set.of()),
            new Case(Fault.SERVER_ERROR, FOR_EVER, Set.of("vendor.server_error")),
            new Case(Fault.SILENT, 1, Set.of()),
            new Case(Fault.CUT_BODY, 1, Set.of()),
            new Case(Fault.CUT_BODY, FOR_EVER, Set.of("vendor.body_cut", "vendor.not_json")),
            new Case(Fault.HTML, 1, Set.of()),
            new Case(Fault.HTML, FOR_EVER, Set.of("vendor.not_json")),
            new Case(Fault.ERROR_IN_BODY, FOR_EVER, Set.of("vendor.error_in_body", "vendor.unexpected_body")),
            new Case(Fault.REPEATED_CURSOR, FOR_EVER, Set.of("paging.repeated")),
            new Case(Fault.ENDLESS_NEXT, FOR_EVER, Set.of("paging.repeated", "paging.cap")),
            new Case(Fault.FOREIGN_NEXT, 1, Set.of("paging.foreign_link")),
            new Case(Fault.EMPTY_PAGE, 1, Set.of()),
            new Case(Fault.DUPLICATE_ITEM, 1, Set.of()),
            new Case(Fault.REORDERED_PAGE, 1, Set.of()));

    @TempDir
    static Path folder;

    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    @AfterAll
    static void stop() throws Exception {
        for (var resource : OPEN) {
            resource.close();
        }
    }

    @TestFactory
    List<DynamicTest> survives() {
        return everyStream((rig, vendor, stream) -> {
            var usual = new HashMap<String, Integer>();
            return CASES.stream()
                    .map(one -> DynamicTest.dynamicTest(
                            rig.capability().name() + "/" + stream + ": " + one.title(),
                            () -> check(rig, vendor, stream, one, usual)));
        });
    }

    @TestFactory
    List<DynamicTest> resumesAfterAKillBetweenPageAndCursor() {
        return everyStream((rig, vendor, stream) -> Stream.of(1, 2)
                .map(page -> DynamicTest.dynamicTest(
                        rig.capability().name() + "/" + stream + ": page " + page, () -> resumes(rig, stream, page))));
    }

    private interface Tests {
        Stream<DynamicTest> of(VendorRig rig, Simulator vendor, String stream);
    }

    private static List<DynamicTest> everyStream(Tests each) {
        var tests = new ArrayList<DynamicTest>();
        for (var name : classes()) {
            var vendor = Simulator.start(plan(name));
            var data = folder.resolve(name + OPEN.size());
            data.toFile().mkdirs();
            var rig = new VendorRig(data, name, vendor.url(), vendor.secrets(), descriptor -> {
                descriptor.getHttp().getRetry().setBackoffSecs(0);
                descriptor.getHttp().getRetry().setLimitWaitSecs(0);
                descriptor.getHttp().setResponseTimeoutSecs(1);
            });
            rig.with(vendor.settings());
            OPEN.add(rig);
            OPEN.add(vendor);
            rig.streams().forEach(stream -> each.of(rig, vendor, stream).forEach(tests::add));
        }
        return tests;
    }

    private static void check(VendorRig rig, Simulator vendor, String stream, Case one, Map<String, Integer> usual) {
        int expected = usual.computeIfAbsent(stream, s -> {
            assertThat(rig.as("usual-" + s).collect(s).isPartial()).isFalse();
            return subjects(rig).size();
        });
        rig.as(stream + "-" + one.title().toLowerCase(Locale.ROOT).replaceAll("[ _]", "-"));

        int before = vendor.misdeeds();
        vendor.fail(one.fault(), "/", one.times());
        var faulty = rig.collect(stream);
        vendor.fail(one.fault(), "/", 0);

        var told = faulty.errors().stream().map(RunError::code).collect(Collectors.toSet());
        faulty.counts().reasons().keySet().stream()
                .filter(reason -> reason.startsWith("not_offered_404"))
                .forEach(told::add);
        boolean renewed = one.fault() == Fault.UNAUTHORIZED && one.times() == 1 && vendor.renewsTokens();
        if (one.codes().isEmpty() || renewed || vendor.misdeeds() == before) {
            assertThat(faulty.errors()).isEmpty();
            assertThat(subjects(rig)).hasSize(expected);
        } else {
            assertThat(told).isNotEmpty().isSubsetOf(one.codes());
            assertThat(faulty.isPartial()).isEqualTo(!faulty.errors().isEmpty());
            assertThat(rig.cursor(stream).has("watermark"))
                    .as("the watermark stays where a sweep did not end")
                    .isFalse();
        }
        assertThat(faulty.counts().received())
                .isEqualTo(faulty.counts().emitted()
                        + faulty.counts().dropped()
                        + faulty.counts().failed());

        var healed = rig.collect(stream);

        assertThat(healed.errors()).isEmpty();
        assertThat(healed.isPartial()).isFalse();
        assertThat(subjects(rig)).hasSize(expected);
        var ids = rig.records().stream().map(line -> line.path("id").asText()).toList();
        assertThat(ids).doesNotHaveDuplicates();
    }

    private static void resumes(VendorRig rig, String stream, int page) {
        assertThat(rig.as("unkilled-" + stream + page).collect(stream).errors()).isEmpty();
        var expected = subjects(rig);
        rig.as("killed-" + stream + page);

        rig.killAtPage(page);
        var killed = rig.collect(stream);
        rig.killAtPage(0);
        var stored = rig.records().size();

        if (!killed.errors().isEmpty()) {
            assertThat(killed.errors()).hasSize(1).allMatch(error -> error.message()
                    .contains("killed"));
            assertThat(rig.cursor(stream).has("watermark")).isFalse();
            assertThat((long) stored)
                    .as("a page without its cursor leaves no line")
                    .isEqualTo(killed.counts().kinds().values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
        }
        var resumed = rig.collect(stream);

        assertThat(resumed.errors()).isEmpty();
        assertThat(resumed.isPartial()).isFalse();
        assertThat(subjects(rig)).isEqualTo(expected);
        assertThat(rig.records()).extracting(line -> line.path("id").asText()).doesNotHaveDuplicates();
    }

    /** What the records of the integration are about. */
    private static Set<String> subjects(VendorRig rig) {
        return rig.records().stream().map(line -> line.path("subject").asText()).collect(Collectors.toSet());
    }

    private static List<String> classes() {
        try (var folders = Files.list(ROUTES)) {
            return folders.map(path -> path.getFileName().toString())
                    .filter(name -> Files.exists(plan(name)))
                    .filter(name -> name.equals(System.getProperty("route", name)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path plan(String name) {
        return ROUTES.resolve(name).resolve("test").resolve("simulator.yaml");
    }
}
