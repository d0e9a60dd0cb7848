package dev.outrider.record.normal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outrider.record.Draft;
import dev.outrider.record.value.Keys;
import dev.outrider.record.value.Names;
import dev.outrider.record.value.Severity;
import io.micrometer.core.instrument.Metrics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/** A risk, with its definition and proof as files beside it. */
final class RiskKind {
    /** Counts vendor words for severity that nothing here knows; they became I. */
    static final String UNKNOWN_SEVERITY = "outrider.severity.unknown";

    private static final Set<String> RISK = Common.fields(
            "name", "title", "dns", "target", "severity", "cves", "cwes", "cvss", "source", "definition", "proof");

    private static final Set<String> CVSS = Set.of("version", "score", "vector");

    private RiskKind() {}

    /** Null where the scanner ranks it 0: an observation, which is no risk. */
    static Draft risk(Fields in) {
        var cvss = cvss(in);
        var given = in.object("severity");
        var severity = Severity.of(given == null ? MissingNode.getInstance() : given, cvss);
        if (severity.informational()) {
            return null;
        }
        if (severity.unknown()) {
            Metrics.counter(UNKNOWN_SEVERITY, "class", in.memo().capability()).increment();
        }
        if (in.text("status") != null) {
            throw in.fault("status", "follows from severity; leave out what the vendor calls fixed or accepted");
        }
        var target = in.memo().reference(in.requiredObject("target"), in.name("target"));
        var named = in.required("name");
        var name = Names.risk(named);
        var dnsHost = in.host("dns");
        var dns = dnsHost == null ? target.group() : dnsHost.text();

        var out = Common.start(in, RISK, "risk");
        out.put("status", "T" + severity.code());
        out.put("dns", dns);
        out.put("name", name);
        var title = in.text("title");
        out.put("title", title == null ? named : title);
        out.set("target", target.node());
        out.set("severity", severity.node());
        Common.set(in, out, "cves", cve -> cve.toUpperCase(Locale.ROOT));
        Common.set(in, out, "cwes", RiskKind::cwe);
        if (!cvss.isEmpty()) {
            out.set("cvss", cvss);
        }
        Common.texts(in, out, "source");

        var key = Keys.risk(dns, name);
        var definition = definition(in, name);
        var proof = proof(in, key, dns, name, target);
        if (definition != null) {
            out.put("definition", definition.path());
        }
        if (proof != null) {
            out.put("proof", proof.data().get("path").textValue());
        }
        var draft = Common.finish(in, key, out, target.hosts());
        if (definition != null && definition.draft() != null) {
            draft.companions().add(definition.draft());
        }
        if (proof != null) {
            draft.companions().add(proof);
        }
        return draft;
    }

    private static String cwe(String raw) {
        var text = raw.toUpperCase(Locale.ROOT);
        int from = text.startsWith("CWE") ? 3 : 0;
        while (from < text.length() && "-:_ ".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        return from == text.length() ? "" : "CWE-" + text.substring(from);
    }

    /** Scores as numbers, in the order of version and vector, each once. */
    private static ArrayNode cvss(Fields in) {
        var list = JsonNodeFactory.instance.arrayNode();
        var given = in.get("cvss");
        if (given == null) {
            return list;
        }
        var sorted = new TreeMap<String, ObjectNode>();
        for (var element : given.isArray() ? given : list.arrayNode().add(given)) {
            if (!(element instanceof ObjectNode object)) {
                throw in.fault("cvss", "a list of {version, score, vector} is due");
            }
            var entry = new Fields(object, "risk.cvss", in.memo());
            entry.only(CVSS);
            var score = Severity.number(object.path("score"), "risk.cvss.score", 10);
            var version = entry.text("version");
            var vector = entry.text("vector");
            if (score == null && vector == null) {
                continue;
            }
            var node = list.objectNode();
            Common.put(node, "version", version);
            if (score != null) {
                node.put("score", score);
            }
            Common.put(node, "vector", vector);
            sorted.put(version + "|" + vector + "|" + score, node);
        }
        return list.addAll(sorted.values());
    }

    /** @param draft null where this unit emitted the very same definition before */
    private record Definition(String path, Draft draft) {}

    /** The text belongs to the risk's name, not to one risk: it has no target, so that equal texts are one record. */
    private static Definition definition(Fields in, String name) {
        var text = in.object("definition");
        if (text == null || text.isEmpty()) {
            return null;
        }
        var path = "definitions/" + Names.path(name);
        var memo = in.memo();
        if (memo.unit().definitions().knows(path, text)) {
            return new Definition(path, null);
        }
        var known = memo.definition(path, text);
        if (known == null) {
            var markdown = markdown(new Fields(text, "risk.definition", memo));
            if (markdown.isEmpty()) {
                return null;
            }
            known = file(in, path, "definition", Names.bytes(markdown), false);
            known.onEmitted(() -> memo.unit().definitions().add(path, text));
            memo.definition(path, text, known);
        }
        return new Definition(path, known);
    }

    private static String markdown(Fields text) {
        text.only(Set.of("description", "impact", "recommendation", "references"));
        var markdown = new StringBuilder(2048);
        section(markdown, "Description", text.text("description"));
        section(markdown, "Impact", text.text("impact"));
        section(markdown, "Recommendation", text.text("recommendation"));
        section(markdown, "References", references(text));
        return markdown.toString();
    }

    private static void section(StringBuilder markdown, String heading, String text) {
        if (text != null) {
            markdown.append(markdown.isEmpty() ? "" : "\n")
                    .append("#### ")
                    .append(heading)
                    .append("\n\n")
                    .append(text)
                    .append('\n');
        }
    }

    /** One a line, each once, in the vendor's order; an element may itself hold several lines. */
    private static String references(Fields text) {
        var given = text.get("references");
        if (given == null) {
            return null;
        }
        var lines = new LinkedHashSet<String>();
        for (JsonNode reference :
                given.isArray() ? given : JsonNodeFactory.instance.arrayNode().add(given)) {
            reference
                    .asText("")
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(lines::add);
        }
        return lines.isEmpty() ? null : String.join("\n", lines);
    }

    private static Draft proof(Fields in, String key, String dns, String name, Reference target) {
        var given = in.object("proof");
        var proof = given == null ? null : new Fields(given, "risk.proof", in.memo());
        var text = proof == null ? null : proof.get("text");
        if (text == null || text.asText().isBlank()) {
            return null;
        }
        proof.only(Set.of("text", "uniqueness"));
        var path = "proofs/" + Names.path(dns) + "/" + Names.path(name);
        var uniqueness = proof.text("uniqueness");
        if (uniqueness != null) {
            path += "/" + Names.path(uniqueness);
        } else if (!dns.equals(target.group())) {
            path += "/" + Names.path(target.group());
        }
        var draft = file(in, path, "proof", Names.bytes(text.asText()), true);
        draft.data().putObject("target").put("kind", "risk").put("key", key);
        return draft;
    }

    private static Draft file(Fields in, String path, String role, String bytes, boolean overwrite) {
        var out = Common.startFile(in.memo());
        out.put("path", path);
        out.put("role", role);
        out.put("overwrite", overwrite);
        out.put("bytes", bytes);
        var key = Keys.file(path);
        out.put("key", key);
        return new Draft("file", key, out, List.of());
    }
}
