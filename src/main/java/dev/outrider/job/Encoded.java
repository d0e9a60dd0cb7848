package dev.outrider.job;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A secret as it looks inside a base64 text, of whatever it is a part there: alone, as {@code id:secret} of a Basic header, in a document.
 * Three bytes make four letters, so it looks one of three ways, but for its ends, which share a letter with what stands beside it.
 */
final class Encoded {
    /** What is shorter is met by chance. */
    private static final int LEAST_LETTERS = 8;

    private static final String LETTER = "[A-Za-z0-9+/_-]";

    /** Where a text begins: tried at each of its letters, a long one would take forever. */
    private static final String FROM = "(?<!" + LETTER + ")";

    private Encoded() {}

    /** Matches whole base64 texts that hold one of the secrets; null where no secret is long enough to tell. */
    static Pattern of(List<String> secrets) {
        var inner = secrets.stream()
                .flatMap(Encoded::inner)
                .flatMap(letters -> Stream.of(letters, letters.replace('+', '-').replace('/', '_')))
                .distinct()
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return inner.isEmpty() ? null : Pattern.compile(FROM + LETTER + "*(?:" + inner + ")" + LETTER + "*={0,2}");
    }

    private static Stream<String> inner(String secret) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        return Stream.of(0, 1, 2)
                .map(before -> {
                    // The bytes that stand before it are not known, nor is what follows: whole groups of three only.
                    int skip = (3 - before) % 3;
                    int whole = (bytes.length - skip) / 3 * 3;
                    return whole <= 0
                            ? ""
                            : Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, skip, skip + whole));
                })
                .filter(letters -> letters.length() >= LEAST_LETTERS);
    }
}
