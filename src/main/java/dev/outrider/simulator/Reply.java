package dev.outrider.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * An answer of a simulated vendor.
 *
 * @param cut whether it breaks off before the length that it announced
 * @param silent what it waits for before it answers; null for nothing
 */
record Reply(int status, Map<String, List<String>> headers, String body, boolean cut, CountDownLatch silent) {
    static Reply json(int status, String body) {
        var headers = new TreeMap<String, List<String>>();
        headers.put("Content-Type", new ArrayList<>(List.of("application/json")));
        return new Reply(status, headers, body, false, null);
    }

    static Reply text(String type, String body) {
        var headers = new TreeMap<String, List<String>>();
        headers.put("Content-Type", new ArrayList<>(List.of(type)));
        return new Reply(200, headers, body, false, null);
    }

    static Reply html() {
        return new Reply(
                200, new TreeMap<>(Map.of("Content-Type", List.of("text/html"))), "<html>Sign in</html>", false, null);
    }

    Reply with(String header, String line) {
        headers.computeIfAbsent(header, name -> new ArrayList<>()).add(line);
        return this;
    }

    Reply cutOff() {
        return new Reply(status, headers, body.substring(0, body.length() / 2), true, null);
    }

    Reply silent(CountDownLatch until) {
        return new Reply(status, headers, body, cut, until);
    }

    void silence() throws InterruptedException {
        if (silent != null) {
            silent.await();
        }
    }
}
