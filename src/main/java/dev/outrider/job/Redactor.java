package dev.outrider.job;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.outrider.integration.Integration;
import dev.outrider.integration.Secrets;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Takes an integration's secrets out of a text, as they are, in JSON, in a form and in base64, whatever library put them there. The last
 * line of defence: nothing should write a secret in the first place. But a vendor may send it, as Salesforce does.
 */
public final class Redactor implements UnaryOperator<String> {
    private static final Logger LOG = Logger.getLogger(Redactor.class);
    /** Shorter ones would blank out ordinary words. */
    private static final int LEAST_LETTERS = 4;

    private final Set<String> secrets;
    private final Pattern encoded;

    private Redactor(List<String> secrets) {
        // The longest first: one may be a part of another.
        this.secrets = secrets.stream()
                .flatMap(Redactor::spellings)
                .sorted(Comparator.comparing(String::length).reversed())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        this.encoded = Encoded.of(secrets);
    }

    public static Redactor of(Integration integration, Secrets secrets) {
        var values = new ArrayList<String>();
        for (var name : integration.secrets().keySet()) {
            add(() -> secrets.of(integration, name).stream().toList(), values);
        }
        add(() -> secrets.webhook(integration), values);
        return new Redactor(values);
    }

    private static void add(Supplier<List<String>> resolved, List<String> values) {
        try {
            resolved.get().stream()
                    .filter(value -> value.length() >= LEAST_LETTERS)
                    .forEach(values::add);
        } catch (IllegalStateException unresolved) {
            // Nothing to hide then; whoever needs the secret reports the reference.
            LOG.debug(unresolved.getMessage());
        }
    }

    private static Stream<String> spellings(String secret) {
        return Stream.of(
                secret,
                new String(JsonStringEncoder.getInstance().quoteAsString(secret)),
                URLEncoder.encode(secret, StandardCharsets.UTF_8));
    }

    @Override
    public String apply(String text) {
        if (text == null) {
            return null;
        }
        var clean = text;
        for (var secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        return encoded == null ? clean : encoded.matcher(clean).replaceAll("***");
    }

    /** The same of every name and value; what was given stays as it is. */
    public JsonNode json(JsonNode node) {
        if (node == null) {
            return null;
        }
        if (node.isObject()) {
            var clean = JsonNodeFactory.instance.objectNode();
            node.fields().forEachRemaining(field -> clean.set(apply(field.getKey()), json(field.getValue())));
            return clean;
        }
        if (node.isArray()) {
            var clean = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(element -> clean.add(json(element)));
            return clean;
        }
        var text = node.asText();
        var clean = apply(text);
        return clean.equals(text) ? node : TextNode.valueOf(clean);
    }
}
