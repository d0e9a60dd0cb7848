package dev.outrider.record.identity;

import dev.outrider.record.Batch;
import dev.outrider.record.Draft;
import dev.outrider.record.PageStep;
import dev.outrider.record.value.ContentWriter;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Last step: one line of CloudEvents 1.0 JSON a record. The content is written as it was digested, byte for byte. */
@ApplicationScoped
@Named("envelopeRecords")
@Unremovable
public class EnvelopeRecords implements PageStep {
    private static final Duration TTL = Duration.ofDays(30);
    private static final byte[] ID = ascii("{\"specversion\":\"1.0\",\"id\":\"");
    private static final byte[] TYPE = ascii("\",\"type\":\"dev.outrider.");
    private static final byte[] DIGEST = ascii(",\"contentDigest\":\"");
    private static final byte[] CREATED = ascii("\",\"created\":\"");
    private static final byte[] VISITED = ascii(",\"visited\":\"");
    private static final byte[] END = ascii("\"}}\n");

    @Override
    public void step(Batch batch) {
        var writer = ContentWriter.get();
        var stamp = Stamp.of(batch, Second.now(), writer);
        for (var draft : batch.outgoing()) {
            draft.line(line(draft, stamp, writer.reset()));
        }
    }

    private static byte[] line(Draft draft, Stamp stamp, ContentWriter out) {
        var identity = draft.identity();
        var content = identity.content();
        out.raw(ID)
                .hex(identity.high())
                .hex(identity.low())
                .raw(TYPE)
                .ascii(draft.kind())
                .raw(stamp.source())
                .text(draft.key())
                .raw(stamp.head())
                .raw(content, 0, content.length - 1)
                .raw(DIGEST)
                .ascii(identity.digest());
        if (draft.data().has("created")) {
            out.add('"');
        } else {
            out.raw(CREATED).ascii(stamp.now()).add('"');
        }
        return out.raw(stamp.provenance())
                .ascii(Long.toString(draft.ttl() == null ? stamp.ttl() : draft.ttl()))
                .raw(VISITED)
                .ascii(draft.visited() == null ? stamp.now() : draft.visited())
                .raw(END)
                .toBytes();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The time of a record, worded once for all pages of a second. */
    private record Second(long epoch, String text) {
        private static volatile Second last = of(0);

        private static Second of(long epoch) {
            return new Second(epoch, Instant.ofEpochSecond(epoch).toString());
        }

        static Second now() {
            long epoch = System.currentTimeMillis() / 1000;
            var second = last;
            if (second.epoch() != epoch) {
                second = of(epoch);
                last = second;
            }
            return second;
        }
    }

    /** What is the same for all records of a page. */
    private record Stamp(String now, long ttl, byte[] source, byte[] head, byte[] provenance) {
        static Stamp of(Batch batch, Second now, ContentWriter writer) {
            var page = batch.page();
            var run = page.run();
            var name = URLEncoder.encode(run.integration().name(), StandardCharsets.UTF_8)
                    .replace("+", "%20");
            var source = writer.reset()
                    .ascii(".v1\",\"source\":")
                    .text("/integrations/" + name)
                    .ascii(",\"subject\":")
                    .toBytes();
            var head = writer.reset()
                    .ascii(",\"time\":\"")
                    .ascii(now.text())
                    .ascii("\",\"datacontenttype\":\"application/json\",\"tenant\":")
                    .text(run.integration().tenant())
                    .ascii(",\"data\":")
                    .toBytes();
            var provenance = writer.reset()
                    .ascii(",\"provenance\":{\"job\":")
                    .text(Objects.toString(run.job(), ""))
                    .ascii(",\"mapping\":")
                    .text(batch.mapping())
                    .ascii(",\"page\":")
                    .ascii(Integer.toString(page.number()))
                    .ascii(",\"stream\":")
                    .text(run.stream())
                    .ascii(",\"unit\":")
                    .text(Objects.toString(page.unit().name(), ""))
                    .ascii("},\"ttl\":")
                    .toBytes();
            return new Stamp(now.text(), now.epoch() + TTL.toSeconds(), source, head, provenance);
        }
    }
}
