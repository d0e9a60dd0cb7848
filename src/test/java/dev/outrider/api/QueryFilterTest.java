package dev.outrider.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryFilterTest {
    private final QueryFilter filter = new QueryFilter();

    @ParameterizedTest
    @ValueSource(strings = {"all", "replayAll"})
    void namesAParameterThatACallDoesNotHave(String name) {
        var method = method(name);

        assertThat(filter.unknown(method, Set.of("integration", "stream", "code", "since", "limit")))
                .isEmpty();
        assertThat(filter.unknown(method, Set.of("integration", "integrazion")))
                .contains(
                        "there is no query parameter 'integrazion' here: use code, integration, limit, since, stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "replay", "purge"})
    void takesNoneForOneLetter(String name) {
        assertThat(filter.unknown(method(name), Set.of())).isEmpty();
        assertThat(filter.unknown(method(name), Set.of("integration")))
                .contains("there is no query parameter 'integration' here: this call has none");
    }

    private static Method method(String name) {
        return Stream.of(DeadLetterResource.class.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
