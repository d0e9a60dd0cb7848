package dev.outrider.file.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.file.FilesRig;
import dev.outrider.record.Page;
import dev.outrider.record.RunException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3SourceTest {
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    Path data;

    private FilesRig rig;
    private S3Server s3;

    @BeforeEach
    void start() {
        s3 = new S3Server();
        rig = new FilesRig(data);
        s3.use(rig);
    }

    @AfterEach
    void stop() throws Exception {
        rig.close();
        s3.close();
    }

    @Test
    void collectsWhatLiesUnderThePrefixOnceAndLeavesItThere() {
        rig.settings.put("prefix", "in/");
        s3.put("in/b.nessus", "b");
        s3.put("in/a.nessus", "a1", "a2", "a3");
        s3.put("in/", "a folder's marker");
        s3.put("in/sub/", "another");
        s3.put("in/empty.nessus", "");
        s3.put("other/c.nessus", "c");

        var result = rig.run();

        assertThat(result.failure()).isNull();
        assertThat(result.errors()).isEmpty();
        assertThat(result.hosts()).containsExactly("a1", "a2", "a3", "b");
        assertThat(result.names()).containsExactly("in/a.nessus", "in/b.nessus");
        assertThat(data.resolve("spool")).isEmptyDirectory();
        assertThat(rig.run().pages()).isEmpty();
        assertThat(s3.reads).as("no object is read twice").hasValue(2);
    }

    @Test
    void collectsAReplacedObjectAndNothingElseAgain() {
        s3.put("a.nessus", "old");
        s3.put("b.nessus", "b");
        rig.run();
        s3.put("a.nessus", "new");

        assertThat(rig.run().hosts()).containsExactly("new");
    }

    @Test
    void listsMoreThanAThousandObjects() {
        IntStream.range(0, 1050).forEach(i -> s3.put(String.format("k/%04d", i), "h" + i));
        rig.settings.put("prefix", "k/");

        assertThat(rig.run().hosts()).hasSize(1050).doesNotHaveDuplicates();
        assertThat(rig.run().pages()).isEmpty();
    }

    @Test
    void keepsApartObjectsOfTheSameSecond() {
        s3.put("a.nessus", NOW, "a");
        rig.run();
        s3.put("b.nessus", NOW, "b");

        assertThat(rig.run().hosts()).containsExactly("b");
    }

    @Test
    void findsAnObjectThatAppearsLateWithAnOlderTime() {
        s3.put("new.nessus", NOW, "n");
        rig.run();
        s3.put("late.nessus", NOW.minus(6, ChronoUnit.DAYS), "l");

        assertThat(rig.run().hosts()).containsExactly("l");
    }

    @Test
    void remembersNoMoreThanTheLookBack() {
        rig.settings.put("lookBack", "PT1H");
        s3.put("old.nessus", NOW.minus(3, ChronoUnit.HOURS), "o");
        s3.put("middle.nessus", NOW.minus(30, ChronoUnit.MINUTES), "m");
        s3.put("new.nessus", NOW, "n");
        assertThat(rig.run().hosts()).containsExactlyInAnyOrder("o", "m", "n");
        assertThat(rig.seen()).hasSize(2);
        assertThat(rig.cursor().path("watermark").asText()).isEqualTo(NOW.toString());

        s3.put("newer.nessus", NOW.plus(2, ChronoUnit.HOURS), "nn");
        assertThat(rig.run().hosts()).containsExactly("nn");
        assertThat(rig.seen()).hasSize(1);
        assertThat(rig.run().pages()).isEmpty();
    }

    @Test
    void readsKeysThatNobodyWouldChooseWithoutUsingThemAsPaths() {
        var keys = new String[] {
            "a+b %2F ü.nessus", "x/../y.nessus", "line\nbreak.nessus", "q?a=b&c#d.nessus", "😀.nessus", "k".repeat(900)
        };
        for (var key : keys) {
            s3.put(key, "host of " + key.length() + " " + key.hashCode());
        }

        var result = rig.run();

        assertThat(result.failure()).isNull();
        assertThat(result.errors()).isEmpty();
        assertThat(result.hosts()).hasSize(keys.length);
        assertThat(result.names()).contains("line\\u000abreak.nessus").allMatch(name -> name.length() <= 201);
        assertThat(data.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void survivesAKeyThatClimbsOutOfTheBucket() {
        s3.put("../../../etc/x.nessus", "x");
        s3.put("z.nessus", "z");

        var result = rig.run();

        assertThat(result.failure()).isNull();
        assertThat(result.hosts()).contains("z");
        assertThat(data.resolve("spool")).isEmptyDirectory();
        assertThat(rig.run().errors())
                .as("a key that the store cannot serve is reported once")
                .isEmpty();
    }

    @Test
    void handsOnTheBytesAsTheyAreWhateverTheContentEncoding() throws Exception {
        s3.putGzip("a.nessus", "zipped");
        var first = new byte[2];
        rig.scans.onFile = file -> {
            try (var in = java.nio.file.Files.newInputStream(file)) {
                assertThat(in.readNBytes(first, 0, 2)).isEqualTo(2);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };

        rig.run();

        assertThat(first).containsExactly(0x1f, 0x8b);
    }

    @Test
    void saysWhichObjectIsDeniedAndTriesItAgain() {
        s3.put("a.nessus", NOW.minus(30, ChronoUnit.DAYS), "a");
        s3.put("b.nessus", NOW, "b");
        s3.denied.add("a.nessus");

        var result = rig.run();

        assertThat(result.failure()).isNull();
        assertThat(result.hosts()).containsExactly("b");
        assertThat(result.partial()).isTrue();
        assertThat(result.errors()).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("vendor.forbidden");
            assertThat(error.message()).contains("a.nessus", "s3:GetObject");
            assertThat(error.httpStatus()).isEqualTo(403);
        });

        s3.denied.clear();
        assertThat(rig.run().hosts())
                .as("the look-back does not leave it behind")
                .containsExactly("a");
        assertThat(rig.cursor().path("watermark").asText()).isEqualTo(NOW.toString());
    }

    @Test
    void passesOverAnObjectThatGoesAwayBeforeItIsRead() {
        s3.put("a.nessus", "a");
        s3.put("b.nessus", "b");
        s3.beforeRead = () -> s3.remove("a.nessus");

        var result = rig.run();

        assertThat(result.hosts()).containsExactly("b");
        assertThat(result.errors()).isEmpty();
        assertThat(result.partial()).isFalse();
    }

    @Test
    void refusesAnObjectThatIsTooBigWithoutReadingIt() {
        rig.settings.put("maxFileBytes", 10);
        s3.put("big.nessus", "a name longer than that");
        s3.put("a.nessus", "a");

        var result = rig.run();

        assertThat(result.hosts()).containsExactly("a");
        assertThat(result.codes()).containsExactly("file.too_big");
        assertThat(s3.reads).hasValue(1);
        assertThat(rig.run().errors()).isEmpty();
    }

    @Test
    void goesOnInsideAnObjectAfterACrash() {
        s3.put("a.nessus", "a1", "a2", "a3", "a4", "a5");
        s3.put("b.nessus", "b");
        rig.afterStore = page -> {
            throw new IllegalStateException("crash");
        };
        rig.run();
        rig.afterStore = page -> {};

        var result = rig.run();

        assertThat(result.hosts()).containsExactly("a3", "a4", "a5", "b");
        assertThat(result.pages()).extracting(Page::number).containsExactly(2, 3, 1);
        assertThat(rig.stored).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void keepsTheWatermarkUntilASweepIsWhole() {
        s3.put("a.nessus", NOW, "a");
        s3.put("b.nessus", NOW, "b");
        rig.afterStore = page -> {
            throw new IllegalStateException("crash");
        };
        rig.run();
        assertThat(rig.cursor().path("watermark").isMissingNode()).isTrue();
        rig.afterStore = page -> {};

        rig.run();

        assertThat(rig.cursor().path("watermark").asText()).isEqualTo(NOW.toString());
    }

    @Test
    void clearsTheSpoolOfWhatACrashLeft() {
        FilesRig.write(data.resolve("spool/left.spool"), "x");
        s3.put("a.nessus", "a");

        rig.run();

        assertThat(data.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void checksTheBucketByListingIt() {
        s3.put("a.nessus", "a");

        assertThat(rig.check()).singleElement().satisfies(check -> {
            assertThat(check.ok()).isTrue();
            assertThat(check.detail()).contains("drop");
        });
    }

    @Test
    void saysWhatIsWrongWithBucketAndCredentials() {
        rig.settings.put("bucket", "nothing-here");
        assertThat(rig.check()).singleElement().satisfies(check -> {
            assertThat(check.ok()).isFalse();
            assertThat(check.detail()).contains("NoSuchBucket", "nothing-here", "'bucket'");
        });
        assertThat(rig.run().failure())
                .isInstanceOfSatisfying(
                        RunException.class, e -> assertThat(e.error().code()).isEqualTo("vendor.not_found"));

        rig.settings.put("bucket", S3Server.BUCKET);
        rig.secrets.put("secretAccessKey", "wrong-and-secret");
        assertThat(rig.check()).singleElement().satisfies(check -> {
            assertThat(check.ok()).isFalse();
            assertThat(check.detail()).contains("SignatureDoesNotMatch").doesNotContain("wrong-and-secret");
        });
        rig.secrets.remove("secretAccessKey");
        assertThat(rig.check()).singleElement().satisfies(check -> assertThat(check.detail())
                .contains("'secretAccessKey'"));
    }

    @Test
    void refusesAPrivateAddressUnlessTheOperatorAllowsIt(@TempDir Path other) {
        try (var guarded = new FilesRig(other, false)) {
            s3.use(guarded);

            assertThat(guarded.check()).singleElement().satisfies(check -> {
                assertThat(check.ok()).isFalse();
                assertThat(check.detail()).contains("127.0.0.1", "OUTRIDER_ALLOW_PRIVATE");
            });
            assertThat(guarded.run().failure()).isInstanceOfSatisfying(RunException.class, e -> assertThat(
                            e.error().code())
                    .isEqualTo("egress.refused"));
        }
    }

    @Test
    void findsHostsAndSaysWhereItCannotTell() throws Exception {
        s3.put("a.nessus", NOW.minusSeconds(60), "old");
        s3.put("b.nessus", NOW, "new");
        rig.run();

        assertThat(rig.find("old")).isTrue();
        assertThat(rig.find("nobody")).isFalse();

        s3.denied.add("a.nessus");
        assertThat(rig.find("new")).isTrue();
        assertThatThrownBy(() -> rig.find("nobody")).isInstanceOfSatisfying(RunException.class, e -> {
            assertThat(e.error().code()).isEqualTo("affiliation.unknown");
            assertThat(e.error().message()).contains("a.nessus");
        });
        assertThat(data.resolve("spool")).isEmptyDirectory();
    }
}
