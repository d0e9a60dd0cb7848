package dev.outrider.record.identity;

import dev.outrider.record.Batch;
import dev.outrider.record.Draft;
import dev.outrider.record.value.ContentWriter;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Objects;

/** Last step: one line of CloudEvents 1.0 JSON a record. The content is written as it was digested, byte for byte. */
@ApplicationScoped
@Named("envelopeRecords")
@Unremovable
public class EnvelopeRecords {
    private static final Duration TTL = Duration.ofDays(30);

    public Batch envelope(Batch batch) {
        var writer = new ContentWriter();
        var stamp = Stamp.of(batch, Instant.now().truncatedTo(ChronoUnit.SECONDS), writer);
        for (var draft : batch.outgoing()) {
            draft.line(line(draft, stamp, writer.reset()));
        }
        return batch;
    }

    private static byte[] line(Draft draft, Stamp stamp, ContentWriter out) {
        var hex = HexFormat.of();
        var identity = draft.identity();
        out.ascii("{\"specversion\":\"1.0\",\"id\":\"")
                .ascii(hex.toHexDigits(identity.high()))
                .ascii(hex.toHexDigits(identity.low()))
                .ascii("\",\"type\":\"dev.outrider.")
                .ascii(draft.kind())
                .ascii(".v1\",")
                .raw(stamp.source())
                .ascii(",\"subject\":")
                .text(draft.key())
                .raw(stamp.head());
        var content = identity.content();
        out.raw(content, 0, content.length - 1)
                .ascii(",\"contentDigest\":\"")
                .ascii(identity.digest())
                .add('"');
        if (!draft.data().has("created")) {
            out.ascii(",\"created\":\"").ascii(stamp.now()).add('"');
        }
        out.raw(stamp.provenance())
                .ascii(",\"ttl\":")
                .ascii(Long.toString(draft.ttl() == null ? stamp.ttl() : draft.ttl()))
                .ascii(",\"visited\":\"")
                .ascii(draft.visited() == null ? stamp.now() : draft.visited())
                .ascii("\"}}\n");
        return out.toBytes();
    }

    /** What is the same for all records of a page. */
    private record Stamp(String now, long ttl, byte[] source, byte[] head, byte[] provenance) {
        static Stamp of(Batch batch, Instant now, ContentWriter writer) {
            var page = batch.page();
            var run = page.run();
            var name = URLEncoder.encode(run.integration().name(), StandardCharsets.UTF_8)
                    .replace("+", "%20");
            var source = writer.reset()
                    .ascii("\"source\":")
                    .text("/integrations/" + name)
                    .toBytes();
            var head = writer.reset()
                    .ascii(",\"time\":\"")
                    .ascii(now.toString())
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
                    .ascii("}")
                    .toBytes();
            return new Stamp(now.toString(), now.plus(TTL).getEpochSecond(), source, head, provenance);
        }
    }
}
