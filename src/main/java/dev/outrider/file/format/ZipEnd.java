package dev.outrider.file.format;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** The record that ends a zip: without it the file was cut, with it we know how many entries there should have been. */
final class ZipEnd {
    private static final int LENGTH = 22;
    private static final int MAX_COMMENT = 0xFFFF;
    /** In a zip64 the count stands elsewhere; this value says so. */
    private static final int ELSEWHERE = 0xFFFF;

    private ZipEnd() {}

    static void check(Path zip, String name, int seen) throws IOException, ScanException {
        byte[] tail = tail(zip);
        for (int i = tail.length - LENGTH; i >= 0; i--) {
            if (tail[i] == 'P' && tail[i + 1] == 'K' && tail[i + 2] == 5 && tail[i + 3] == 6) {
                int declared = tail[i + 10] & 0xFF | (tail[i + 11] & 0xFF) << 8;
                if (declared != ELSEWHERE && declared > seen) {
                    throw new ScanException(
                            "file.malformed",
                            name + ": only " + seen + " of " + declared + " entries can be read; make the zip again");
                }
                return;
            }
        }
        throw Faults.cut(name, "", null);
    }

    private static byte[] tail(Path zip) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(file.length(), LENGTH + MAX_COMMENT)];
            file.seek(file.length() - tail.length);
            file.readFully(tail);
            return tail;
        }
    }
}
