package dev.outrider.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outrider.api.DeadLetterResource.One;
import dev.outrider.api.DeadLetterResource.Original;
import dev.outrider.integration.IntegrationRegistry;
import dev.outrider.integration.Secrets;
import dev.outrider.job.Redactor;
import dev.outrider.store.DeadLetter;
import dev.outrider.store.Delivery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What the API shows of dead letters: without the secrets of their integrations, which stay in what is stored, for the replay. */
@ApplicationScoped
public class LetterView {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final IntegrationRegistry integrations;
    private final Secrets secrets;

    @Inject
    public LetterView(IntegrationRegistry integrations, Secrets secrets) {
        this.integrations = integrations;
        this.secrets = secrets;
    }

    List<One> shown(List<DeadLetter> letters) {
        // Read once each: secrets may come from a vault.
        var redactors = new HashMap<String, Optional<Redactor>>();
        return letters.stream()
                .map(letter -> shown(
                        letter,
                        Optional.empty(),
                        redactors.computeIfAbsent(letter.key().integration(), this::redactor)))
                .toList();
    }

    One shown(DeadLetter letter, Optional<Delivery> original) {
        return shown(letter, original, redactor(letter.key().integration()));
    }

    /** What is said of a letter, which may quote it. */
    String text(DeadLetter letter, String said) {
        return masked(said, redactor(letter.key().integration()));
    }

    private Optional<Redactor> redactor(String integration) {
        return integrations.find(integration).map(found -> Redactor.of(found, secrets));
    }

    private static One shown(DeadLetter letter, Optional<Delivery> original, Optional<Redactor> redactor) {
        return new One(
                letter.id(),
                letter.key().tenant(),
                letter.key().integration(),
                letter.key().stream(),
                letter.job(),
                letter.unit(),
                masked(letter.unitName(), redactor),
                letter.page(),
                letter.code(),
                masked(letter.message(), redactor),
                letter.mapping(),
                letter.created(),
                redactor.map(one -> one.json(letter.item())).orElse(letter.item()),
                original.map(delivery -> original(delivery, redactor)).orElse(null));
    }

    private static Original original(Delivery delivery, Optional<Redactor> redactor) {
        var headers = new LinkedHashMap<String, String>();
        json(delivery.headers())
                .fields()
                .forEachRemaining(header ->
                        headers.put(header.getKey(), masked(header.getValue().asText(), redactor)));
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(delivery.body()))
                    .toString();
            return new Original(delivery.received(), headers, "text", masked(text, redactor));
        } catch (CharacterCodingException e) {
            var text = masked(new String(delivery.body(), StandardCharsets.ISO_8859_1), redactor);
            var bytes = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
            return new Original(delivery.received(), headers, "base64", bytes);
        }
    }

    private static JsonNode json(String headers) {
        try {
            return JSON.readTree(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored headers of a delivery are not JSON", e);
        }
    }

    private static String masked(String text, Optional<Redactor> redactor) {
        return redactor.map(one -> one.apply(text)).orElse(text);
    }
}
