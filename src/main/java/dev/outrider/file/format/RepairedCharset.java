package dev.outrider.file.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/** Text in any other encoding than UTF-8: rare, so plain. */
final class RepairedCharset extends RepairedText {
    private final Reader in;

    RepairedCharset(InputStream in, Charset charset) {
        this.in = new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE));
    }

    @Override
    public int read(char[] out, int off, int len) throws IOException {
        int kept = 0;
        while (kept == 0) {
            int n = in.read(out, off, len);
            if (n <= 0) {
                return n < 0 ? end() : n;
            }
            for (int i = off; i < off + n; i++) {
                char c = out[i];
                if (forbidden(c)) {
                    dropped++;
                } else {
                    replaced += c == REPLACEMENT ? 1 : 0;
                    out[off + kept++] = c;
                }
            }
        }
        return count(kept);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
