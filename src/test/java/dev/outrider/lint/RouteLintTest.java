package dev.outrider.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrider.RoutesCopy;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteLintTest {
    @TempDir
    Path folder;

    @Test
    void findsNothingWrongWithTheShippedRoutes() throws IOException {
        assertThat(RouteLint.check(Path.of("routes"))).isEmpty();
    }

    @Test
    void namesTheFileOfEverythingThatIsWrong() throws IOException {
        var routes = RoutesCopy.in(folder)
                .write(
                        "bad/step.yaml",
                        "- route:\n    id: x\n    from:\n      uri: direct:x\n      steps:\n        - nosuch: {}\n")
                .write("bad/syntax.yaml", "- route:\n   id: [\n")
                .write(
                        "bad/mapping.yaml",
                        "- route:\n    id: y\n    from:\n      uri: direct:y\n      steps:\n        - to: kamelet:records?mapping=bad/nosuch\n")
                .write(
                        "bad/twice.yaml",
                        "- from:\n    uri: direct:z\n    steps:\n      - to: { uri: \"pages:/z?size=1\", parameters: { watermark: /at } }\n")
                .write(
                        "bad/unmapped.yaml",
                        "- from:\n    uri: direct:u\n    steps:\n      - to: aws-api:ec2/describeAddresses\n      - to: kamelet:records\n")
                .write(
                        "bad/listed.yaml",
                        "- from:\n    uri: direct:l\n    steps:\n      - to: aws-api:ec2/describeAddresses?mapping=bad/gone\n      - to: kamelet:records\n")
                .write("bad/broken.jslt", "{\"kind\": ")
                .write("bad/settings.schema.json", "{\"properties\":{\"url\":{\"type\":\"string\"}}}");

        assertThat(RouteLint.check(routes.folder()))
                .anyMatch(line -> line.startsWith("bad/step.yaml: ") && line.contains("nosuch"))
                .anyMatch(line -> line.startsWith("bad/syntax.yaml:"))
                .anyMatch(line -> line.startsWith("bad/mapping.yaml:6: ") && line.contains("bad/nosuch.jslt"))
                .anyMatch(line -> line.startsWith("bad/twice.yaml: ") && line.contains("pages:/z?size=1"))
                .anyMatch(line -> line.startsWith("bad/unmapped.yaml: ") && line.contains("has no mapping"))
                .anyMatch(line -> line.startsWith("bad/listed.yaml:4: ") && line.contains("bad/gone.jslt"))
                .noneMatch(line -> line.startsWith("bad/listed.yaml: ") && line.contains("has no mapping"))
                .anyMatch(line -> line.startsWith("bad/broken.jslt: "))
                .contains("bad/settings.schema.json: url has no title");
    }
}
