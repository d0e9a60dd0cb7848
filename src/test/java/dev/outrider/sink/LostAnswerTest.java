package dev.outrider.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outrider.record.Acknowledgements;
import dev.outrider.store.PageCommit;
import dev.outrider.store.StreamKey;
import dev.outrider.store.TestStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection that breaks between a commit and its answer. */
class LostAnswerTest {
    private static final StreamKey KEY = new StreamKey("acme", "events", "deliveries");

    @TempDir
    Path folder;

    private FileSink sink;
    private boolean loses;
    private boolean away;

    @BeforeEach
    void open() throws Exception {
        sink = new FileSink(TestStore.in(folder, this::around), 1 << 20);
        sink.open();
    }

    @AfterEach
    void close() throws Exception {
        sink.close();
    }

    @Test
    void keepsTheLinesOfACommitThatWasMade() {
        loses = true;

        store("a", 1);
        store("b", 2);

        assertThat(sink.file()).hasContent("a\nb\n");
    }

    @Test
    void asksTheStoreOnceItIsBackAndStoresNothingBefore() {
        loses = true;
        away = true;

        assertThatThrownBy(() -> store("a", 1)).hasMessageContaining("sink.unsure");
        assertThatThrownBy(() -> store("b", 2)).hasMessageContaining("state store failed");
        away = false;
        store("c", 3);

        assertThat(sink.file()).hasContent("a\nc\n");
    }

    private void store(String line, int number) {
        var run = new Acknowledgements();
        var cursor = JsonNodeFactory.instance.objectNode();
        var page = new PageCommit(KEY, "unit" + number, 1, cursor, List.of(), null, true, new byte[16], List.of());
        var lines = List.of((line + "\n").getBytes(StandardCharsets.UTF_8));
        sink.store(List.of(new FileSink.Due(lines, page, run, () -> {})));
        run.settle();
    }

    private DataSource around(DataSource real) {
        return proxy(DataSource.class, real, connection -> {
            if (away && !loses) {
                throw new SQLException("nobody answers");
            }
            return proxy(Connection.class, connection, answer -> answer);
        });
    }

    private interface After {
        Object of(Object answer) throws SQLException;
    }

    private <T> T proxy(Class<T> type, Object real, After after) {
        return type.cast(
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                    try {
                        var answer = method.invoke(real, args);
                        if (method.getName().equals("commit") && loses) {
                            loses = false;
                            throw new SQLException("the connection is lost");
                        }
                        return method.getName().equals("getConnection") ? after.of(answer) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
