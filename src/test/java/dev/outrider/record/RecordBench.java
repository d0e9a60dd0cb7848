package dev.outrider.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outrider.record.identity.EnvelopeRecords;
import dev.outrider.record.identity.IdentifyRecords;
import dev.outrider.record.mapping.MapRecords;
import dev.outrider.record.normal.NormaliseRecords;
import dev.outrider.record.schema.CheckRecords;
import dev.outrider.record.scope.FilterRecords;
import java.util.Random;

/** Prints what each step costs for items like those of a scan: run its main, from the project's folder. */
final class RecordBench {
    private static final int PAGE = Integer.getInteger("page", 500);
    private static final int PAGES = 40_000 / PAGE;
    private static final String[] STEPS = {"map", "normalise", "check", "filter", "identify", "envelope", "bare"};

    private static long sink;

    private RecordBench() {}

    public static void main(String... args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 8;
        var map = new MapRecords(Runs.registry());
        var normalise = new NormaliseRecords();
        var check = new CheckRecords();
        var filter = new FilterRecords();
        var identify = new IdentifyRecords();
        var envelope = new EnvelopeRecords();
        var random = new Random(1);
        for (int round = 0; round < rounds; round++) {
            var nanos = new long[STEPS.length + 1];
            long bytes = 0;
            long records = 0;
            var unit = Runs.unit("file-" + round);
            for (int number = 0; number < PAGES; number++) {
                var page = Runs.page(Runs.run("internal"), unit, number + 1, items(number, random));
                nanos[0] = cpu();
                written(page);
                time(nanos, STEPS.length);
                nanos[0] = cpu();
                var batch = map.map(page, "nessus/item");
                time(nanos, 1);
                normalise.step(batch);
                time(nanos, 2);
                check.step(batch);
                time(nanos, 3);
                filter.step(batch);
                time(nanos, 4);
                identify.step(batch);
                time(nanos, 5);
                envelope.step(batch);
                time(nanos, 6);
                records += batch.tally().records();
                for (var line : batch.lines()) {
                    bytes += line.length;
                }
                if (batch.tally().failed() > 0) {
                    throw new IllegalStateException(batch.errors().get(0).message());
                }
            }
            report(round, nanos, records, bytes);
        }
    }

    /** For comparison: what Jackson takes to write the same items. */
    private static void written(Page page) {
        for (var item : page.items()) {
            try {
                sink += Runs.JSON.writeValueAsBytes(item).length;
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Time of this thread on a core: other work on the machine does not count. */
    private static long cpu() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void time(long[] nanos, int step) {
        long now = cpu();
        nanos[step] += now - nanos[0];
        nanos[0] = now;
    }

    private static void report(int round, long[] nanos, long records, long bytes) {
        double items = PAGE * (double) PAGES;
        var line = new StringBuilder("round " + round + ": µs an item:");
        double all = 0;
        for (int step = 0; step < STEPS.length; step++) {
            double micros = nanos[step + 1] / items / 1000;
            all += step == STEPS.length - 1 ? 0 : micros;
            line.append(String.format(" %s %.2f", STEPS[step], micros));
        }
        System.out.printf(
                "%s; all %.2f; %.2f records and %.0f bytes out an item%n", line, all, records / items, bytes / items);
    }

    /** Made anew for each page, as a reader does: items that lie cold in memory would be measured for their cache misses. */
    private static JsonNode[] items(int number, Random random) {
        var items = new JsonNode[PAGE];
        JsonNode host = null;
        for (int i = 0; i < PAGE; i++) {
            if (i % 60 == 0) {
                host = host(number * 10 + i / 60);
            }
            items[i] = item(host, random);
        }
        return items;
    }

    private static JsonNode host(int n) {
        return Runs.JSON
                .createObjectNode()
                .put("fqdn", "Web" + n + ".Example.com")
                .put("ip", "10.0." + n / 250 + "." + n % 250)
                .put("end", "17000" + (10000 + n))
                .put("os", "Example Linux 9.4")
                .put("mac", "00:11:22:33:44:55")
                .put("credentialed", "true");
    }

    private static JsonNode item(JsonNode host, Random random) {
        int plugin = random.nextInt(4000);
        var item = Runs.JSON.createObjectNode();
        item.set("host", host);
        item.put("port", Integer.toString(random.nextInt(5) * 80));
        item.put("protocol", "tcp").put("service", "www");
        item.put("severity", Integer.toString(plugin % 5)).put("riskFactor", "High");
        item.putObject("plugin")
                .put("id", Integer.toString(10000 + plugin))
                .put("name", "Example Server < " + plugin + ".2 Multiple Vulnerabilities")
                .put("family", "Web Servers");
        item.put("cvss3", "8.1").put("cvss3Vector", "CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H");
        item.put("cvss2", "7.5").put("cvss2Vector", "CVSS2#AV:N/AC:L/Au:N/C:P/I:P/A:P");
        item.putArray("cves").add("CVE-2024-0002").add("CVE-2024-" + (10000 + plugin));
        item.putArray("cwes").add("79");
        item.put("published", "2024/01/18");
        item.put("description", plugin + " text of a plugin, \"quoted\"\n".repeat(25));
        item.put("synopsis", "A server is affected by several faults.");
        item.put("solution", "Upgrade to a later version.");
        item.putArray("seeAlso").add("https://a.example/1\nhttps://b.example/2");
        item.put("output", ("Installed version : 1.1 on " + random.nextInt() + "\n").repeat(20));
        item.put("exploit", "true");
        return item;
    }
}
