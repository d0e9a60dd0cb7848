package dev.outrider.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads {@code integrations.yaml}. Every entry stands for itself: a bad one is a problem with its line, the others are used.
 *
 * @param integrations the good entries
 * @param problems what is wrong with the others, or with the file
 */
public record IntegrationFile(List<Integration> integrations, List<IntegrationProblem> problems) {

    /** @param file its name, for messages */
    public static IntegrationFile parse(String file, String text) {
        var integrations = new ArrayList<Integration>();
        var problems = new ArrayList<IntegrationProblem>();
        Node root;
        try {
            root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            problems.add(new IntegrationProblem(file + ":" + line, null, "not YAML: " + e.getProblem()));
            return new IntegrationFile(integrations, problems);
        }
        var list = entries(root);
        if (list == null) {
            problems.add(new IntegrationProblem(
                    file + ":1", null, "the file must have one list, `integrations:`, with an entry for each"));
            return new IntegrationFile(integrations, problems);
        }
        var lines = new HashMap<String, Integer>();
        for (var node : list.getValue()) {
            int line = node.getStartMark().getLine() + 1;
            var at = file + ":" + line;
            var wrong = new ArrayList<String>();
            var entry = json(node, wrong);
            var read = IntegrationEntry.read(entry, at, wrong);
            var name = entry.path("name").isTextual() ? entry.path("name").asText() : null;
            if (read != null && lines.containsKey(read.name())) {
                wrong.add("the name is taken by the entry in line " + lines.get(read.name()));
            }
            if (wrong.isEmpty()) {
                lines.put(read.name(), line);
                integrations.add(read);
            } else {
                problems.add(new IntegrationProblem(at, name, String.join("; ", wrong)));
            }
        }
        return new IntegrationFile(integrations, problems);
    }

    private static SequenceNode entries(Node root) {
        if (root instanceof MappingNode mapping
                && mapping.getValue().size() == 1
                && mapping.getValue().get(0).getKeyNode() instanceof ScalarNode key
                && key.getValue().equals("integrations")
                && mapping.getValue().get(0).getValueNode() instanceof SequenceNode list) {
            return list;
        }
        return null;
    }

    /** YAML's nodes as JSON. Only now are values typed; keys that come twice are refused, since one of them would be lost. */
    private static JsonNode json(Node node, List<String> wrong) {
        var make = JsonNodeFactory.instance;
        if (node instanceof MappingNode mapping) {
            var object = make.objectNode();
            for (var tuple : mapping.getValue()) {
                var key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
                if (object.has(key)) {
                    wrong.add("'" + key + "' stands twice, again in line "
                            + (tuple.getKeyNode().getStartMark().getLine() + 1));
                }
                object.set(key, json(tuple.getValueNode(), wrong));
            }
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            var array = make.arrayNode();
            sequence.getValue().forEach(element -> array.add(json(element, wrong)));
            return array;
        }
        var text = ((ScalarNode) node).getValue();
        if (node.getTag().equals(Tag.NULL)) {
            return make.nullNode();
        }
        if (node.getTag().equals(Tag.BOOL)) {
            return make.booleanNode(
                    text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes") || text.equalsIgnoreCase("on"));
        }
        if (node.getTag().equals(Tag.INT) && text.matches("-?(0|[1-9]\\d{0,17})")) {
            return make.numberNode(Long.parseLong(text));
        }
        return make.textNode(text);
    }
}
