package dev.outrider.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.capability.VendorRig;
import dev.outrider.record.RunError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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

    /**
     * @param fault null for an answer of the vendor's own
     * @param answer its name
     * @param codes what the run may report; empty where it must be complete in spite of the fault
     */
    private record Case(Fault fault, String answer, int times, Set<String> codes) {
        Case(Fault fault, int times, Set<String> codes) {
            this(fault, null, times, codes);
        }

        private String title() {
            return (fault == null ? answer : fault) + (times == FOR_EVER ? " for ever" : " once");
        }

        private void order(Simulator vendor, int times) {
            if (fault == null) {
                vendor.fail(answer, "/", times);
            } else {
                vendor.fail(fault, "/", times);
            }
        }
    }

    /** What a run without any fault has, and what could have gone wrong with it. */
    private record Usual(int subjects, Set<Fault> possible) {}

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
            new Case(Fault.REORDERED_PAGE, 1, Set.of()),
            new Case(Fault.EXPIRED_CURSOR, 1, Set.of()),
            new Case(Fault.DETAILS_LEFT_OUT, 1, Set.of()),
            new Case(Fault.DUPLICATE_EXPORT, 1, Set.of()),
            new Case(Fault.EXPORT_FAILED, 1, Set.of("export.failed")),
            new Case(Fault.CHUNKS_FAILED, 1, Set.of("export.chunks_failed")),
            new Case(Fault.CHUNK_GONE, 1, Set.of("export.chunk_gone")));

    @TempDir
    static Path folder;

    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    @AfterAll
    static void stop() throws Exception {
        // A rig before the vendor that it asks.
        Collections.reverse(OPEN);
        for (var resource : OPEN) {
            resource.close();
        }
    }

    @TestFactory
    List<DynamicTest> survives() {
        return everyStream((rig, vendor, stream) -> {
            var usual = new HashMap<String, Usual>();
            var own = vendor.answers().entrySet().stream()
                    .map(answer -> new Case(null, answer.getKey(), 1, Set.copyOf(answer.getValue())));
            return Stream.concat(CASES.stream(), own)
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
            var vendor = started(name);
            var rig = rig(name, vendor, Map.of());
            rig.streams().forEach(stream -> each.of(rig, vendor, stream).forEach(tests::add));
            for (var variant : vendor.variants()) {
                var other = started(name);
                var way = rig(name, other, variant.settings());
                variant.streams().forEach(stream -> each.of(way, other, stream)
                        .map(test -> DynamicTest.dynamicTest(
                                test.getDisplayName() + " " + variant.settings(), test.getExecutable()))
                        .forEach(tests::add));
            }
        }
        return tests;
    }

    private static Simulator started(String name) {
        var vendor = Simulator.start(plan(name));
        OPEN.add(vendor);
        return vendor;
    }

    private static VendorRig rig(String name, Simulator vendor, Map<String, Object> more) {
        var data = folder.resolve(name + OPEN.size());
        data.toFile().mkdirs();
        var rig = new VendorRig(data, name, vendor.url(), vendor.secrets(), descriptor -> {
            descriptor.getHttp().getRetry().setBackoffSecs(0);
            descriptor.getHttp().getRetry().setLimitWaitSecs(0);
            descriptor.getHttp().setResponseTimeoutSecs(1);
        });
        var settings = new HashMap<>(vendor.settings());
        settings.putAll(more);
        rig.with(settings);
        OPEN.add(rig);
        return rig;
    }

    private static void check(VendorRig rig, Simulator vendor, String stream, Case one, Map<String, Usual> known) {
        var usual = known.computeIfAbsent(stream, s -> usual(rig.as("usual-" + s), vendor, s));
        if (one.fault() != null && !usual.possible().contains(one.fault())) {
            // Nothing that the stream asks for can go wrong in this way: it would be the usual run again.
            return;
        }
        rig.as(stream + "-" + one.title().toLowerCase(Locale.ROOT).replaceAll("[ _]", "-"));

        int before = vendor.misdeeds();
        one.order(vendor, one.times());
        var faulty = rig.collect(stream);
        one.order(vendor, 0);
        assertThat(vendor.misdeeds()).isGreaterThan(before);

        var told = faulty.errors().stream().map(RunError::code).collect(Collectors.toSet());
        faulty.counts().reasons().keySet().stream()
                .filter(reason -> reason.startsWith("not_offered_404"))
                .forEach(told::add);
        boolean renewed = one.fault() == Fault.UNAUTHORIZED && one.times() == 1 && vendor.renewsTokens();
        if (one.codes().isEmpty() || renewed) {
            assertThat(faulty.errors()).isEmpty();
            assertThat(subjects(rig)).hasSize(usual.subjects());
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
        assertThat(subjects(rig)).hasSize(usual.subjects());
        var ids = rig.records().stream().map(line -> line.path("id").asText()).toList();
        assertThat(ids).doesNotHaveDuplicates();
    }

    private static Usual usual(VendorRig rig, Simulator vendor, String stream) {
        vendor.met();
        assertThat(rig.collect(stream).isPartial()).isFalse();
        return new Usual(subjects(rig).size(), vendor.met());
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
