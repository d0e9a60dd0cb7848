package dev.outrider.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrider.record.mapping.MapRecords;
import dev.outrider.record.mapping.MappingRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingTest {
    @TempDir
    Path folder;

    private Path routes;
    private MappingRegistry registry;
    private int writes;

    @BeforeEach
    void lay() throws IOException {
        routes = Files.createDirectories(folder.resolve("routes"));
        registry = new MappingRegistry(routes.toString());
    }

    private Path write(String file, String text) throws IOException {
        var path = routes.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        // Each write has a later time, however fast the test is.
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().plusSeconds(++writes)));
        return path;
    }

    private Batch map(String mapping, String... items) {
        var nodes = new com.fasterxml.jackson.databind.JsonNode[items.length];
        for (int i = 0; i < items.length; i++) {
            nodes[i] = Runs.json(items[i]);
        }
        return new MapRecords(registry).map(Runs.page(Runs.run("internal"), Runs.unit("u"), 1, nodes), mapping);
    }

    @Test
    void namesFileAndLineOfAFailedItemAndGoesOn() throws IOException {
        write(
                "demo/item.jslt",
                "{\n  \"kind\": \"generic\",\n  \"group\": \"g\",\n  \"identifier\": .a + error(\"no b\")\n}");
        write(
                "demo/some.jslt",
                "if (.bad)\n  error(\"it is bad\")\nelse {\"kind\": \"generic\", \"group\": \"g\", \"identifier\": .id}");
        assertThat(map("demo/item", "{'a':1}").entries().get(0).error().message())
                .startsWith("demo/item.jslt:4:");
        var batch = Runs.finish(map("demo/some", "{'id':1}", "{'bad':true}", "{'id':2}"));
        assertThat(batch.lines()).hasSize(2);
        var letter = batch.deadLetters().get(0);
        assertThat(letter.code()).isEqualTo("mapping.failed");
        assertThat(letter.message()).startsWith("demo/some.jslt:2:").contains("it is bad");
    }

    @Test
    void refusesAKeyThatAMissingValueWouldHaveMade() throws IOException {
        write(
                "demo/item.jslt",
                "{'kind': 'generic', 'group': 'g', 'identifier': 'alert-' + .number}".replace('\'', '"'));
        write("demo/id.jslt", "{'kind': 'generic', 'group': 'g', 'identifier': string(.id)}".replace('\'', '"'));
        write(
                "demo/risk.jslt",
                "{'kind': 'port', 'protocol': 'tcp', 'port': 1, 'parent': {'kind': 'asset', 'dns': 'host-' + .host}}"
                        .replace('\'', '"'));

        assertThat(error(map("demo/item", "{}"))).contains("generic.identifier").contains("alert-null");
        assertThat(error(map("demo/id", "{'id':null}"))).contains("generic.identifier");
        assertThat(error(map("demo/risk", "{'title':'a null pointer'}"))).contains("port.parent.dns");
    }

    @Test
    void letsAVendorsOwnWordNullThrough() throws IOException {
        write("demo/item.jslt", "{'kind': 'generic', 'group': 'g', 'identifier': 'x/' + .name}".replace('\'', '"'));

        for (var item : new String[] {"{'name':'null'}", "{'name':'a null # pointer'}", "{'name':'nullable'}"}) {
            assertThat(map("demo/item", item).entries().get(0).error()).isNull();
        }
    }

    private static String error(Batch batch) {
        return batch.entries().get(0).error().message();
    }

    @Test
    void namesTheImportedFileWhereTheFaultIsThere() throws IOException {
        write("common/low.jslt", "\ndef low(x)\n  error(\"not low\")");
        write("demo/item.jslt", "import \"common/low.jslt\" as c\nc:low(.)");
        assertThat(map("demo/item", "1").entries().get(0).error().message()).startsWith("common/low.jslt:3:");
    }

    @Test
    void namesFileAndLineOfAMappingThatDoesNotCompile() throws IOException {
        write("demo/item.jslt", "{\n  \"kind\": \"asset\",\n  \"name\" .x\n}");
        assertThatThrownBy(() -> map("demo/item", "1"))
                .isInstanceOf(RunException.class)
                .hasMessageStartingWith("mapping.invalid: demo/item.jslt")
                .hasMessageContaining("3");
        write("demo/odd.jslt", "{\n  \"kind\": \u00a7\n}");
        assertThatThrownBy(() -> map("demo/odd", "1"))
                .isInstanceOf(RunException.class)
                .hasMessageStartingWith("mapping.invalid: demo/odd.jslt");
    }

    @Test
    void saysWhichFileIsMissing() throws IOException {
        assertThatThrownBy(() -> map("demo/none", "1")).hasMessageContaining("demo/none.jslt: no such file");
        write("demo/item.jslt", "import \"common/none.jslt\" as c\n.");
        assertThatThrownBy(() -> map("demo/item", "1")).hasMessageContaining("common/none.jslt: no such file");
        assertThatThrownBy(() -> map(null, "1")).hasMessageContaining("mapping.missing");
    }

    @Test
    void neverReadsOutsideTheRoutesFolder() throws IOException {
        Files.writeString(folder.resolve("secret.jslt"), ".");
        assertThatThrownBy(() -> map("../secret", "1")).hasMessageContaining("stays inside");
        write("demo/item.jslt", "import \"../secret.jslt\" as s\n.");
        assertThatThrownBy(() -> map("demo/item", "1")).hasMessageContaining("stays inside");
        Files.createSymbolicLink(routes.resolve("demo/link.jslt"), folder.resolve("secret.jslt"));
        assertThatThrownBy(() -> map("demo/link", "1")).hasMessageContaining("leaves the routes folder");
    }

    @Test
    void takesUpAnEditOfTheFileOrOfAnImport() throws IOException {
        write("common/c.jslt", "def v() \"one\"");
        write(
                "demo/item.jslt",
                "import \"common/c.jslt\" as c\n{\"kind\": \"generic\", \"group\": \"g\", \"identifier\": c:v()}");
        assertThat(identifier()).isEqualTo("one");
        write("common/c.jslt", "def v() \"two\"");
        assertThat(identifier()).isEqualTo("two");
        assertThat(registry.get("demo/item")).isSameAs(registry.get("demo/item"));
    }

    @Test
    void keepsTheLastGoodMappingWhileAnEditIsBroken() throws IOException {
        write("demo/item.jslt", "{\"kind\": \"generic\", \"group\": \"g\", \"identifier\": \"good\"}");
        assertThat(identifier()).isEqualTo("good");
        write("demo/item.jslt", "{\"kind\": ");
        assertThat(identifier()).isEqualTo("good");
        write("demo/item.jslt", "{\"kind\": \"generic\", \"group\": \"g\", \"identifier\": \"better\"}");
        assertThat(identifier()).isEqualTo("better");
    }

    private String identifier() {
        return Runs.lines(Runs.finish(map("demo/item", "1")))
                .get(0)
                .at("/data/identifier")
                .textValue();
    }

    @Test
    void survivesAMappingThatCallsItselfWithoutEnd() throws IOException {
        write("demo/item.jslt", "def f(x) f($x + 1) + 1\nf(1)");
        assertThat(map("demo/item", "1").entries().get(0).error().code()).isEqualTo("mapping.failed");
    }

    @Test
    void neverChangesTheItemItMaps() throws IOException {
        write("demo/item.jslt", "{\"kind\": \"asset\", \"name\": .n, \"tags\": .tags, \"attributes\": .}");
        var batch = map("demo/item", "{'n':'HOST','tags':['b','a']}");
        Runs.finish(batch);
        assertThat(batch.entries().get(0).item()).isEqualTo(Runs.json("{'n':'HOST','tags':['b','a']}"));
    }

    @Test
    void refusesFieldsThatNoKindHas() {
        assertThat(Runs.error("{'kind':'asset','name':'a.example','colour':'red'}")
                        .message())
                .startsWith("asset.colour: is no field");
    }
}
