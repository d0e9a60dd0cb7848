package dev.outrider.job;

import dev.outrider.integration.Integration;
import dev.outrider.integration.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Takes an integration's secrets out of a text, as they are and in base64, whatever library put them there. The last line of defence: nothing should write a secret
 * in the first place.
 */
final class Redactor implements UnaryOperator<String> {
    private static final Logger LOG = Logger.getLogger(Redactor.class);

    private final List<String> secrets;
    private final Pattern encoded;

    private Redactor(List<String> secrets) {
        this.secrets = secrets;
        this.encoded = Encoded.of(secrets);
    }

    static Redactor of(Integration integration, Secrets secrets) {
        var values = new ArrayList<String>();
        for (var name : integration.secrets().keySet()) {
            try {
                // Shorter ones would blank out ordinary words.
                secrets.of(integration, name)
                        .filter(value -> value.length() >= 4)
                        .ifPresent(values::add);
            } catch (IllegalStateException unresolved) {
                // Nothing to hide then; whoever needs the secret reports the reference.
                LOG.debug(unresolved.getMessage());
            }
        }
        return new Redactor(values);
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
}
