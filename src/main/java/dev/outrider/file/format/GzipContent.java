package dev.outrider.file.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** A gzip's content, all its members one after the other. */
record GzipContent(Content compressed, Limits limits) implements Content {
    static boolean is(Head head) {
        return head.starts(0x1F, 0x8B);
    }

    @Override
    public String name() {
        return compressed.name();
    }

    @Override
    public InputStream open() throws IOException {
        CountedInput raw = new CountedInput(compressed.open());
        try {
            return new ExpandedInput(new GZIPInputStream(raw, 1 << 16), raw, limits, 0, name());
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
