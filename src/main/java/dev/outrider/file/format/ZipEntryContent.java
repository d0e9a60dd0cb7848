package dev.outrider.file.format;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * One entry of a zip, found by where its local header starts, so that it can be opened again without reading those before it. The
 * central directory is not consulted: it is missing from a cut file and may contradict the entries.
 */
final class ZipEntryContent implements Content {
    private final Path zip;
    private final long offset;
    private final Limits limits;
    private final long expandedBefore;
    private final String entryName;
    private final boolean directory;
    private final String name;
    private long end = -1;
    private long size;

    private ZipEntryContent(Path zip, long offset, Limits limits, long before, ZipEntry entry, String name) {
        this.zip = zip;
        this.offset = offset;
        this.limits = limits;
        this.expandedBefore = before;
        this.entryName = entry.getName();
        this.directory = entry.isDirectory();
        this.name = name;
    }

    static boolean isZip(Head head) {
        return head.starts('P', 'K', 3, 4) || head.starts('P', 'K', 5, 6);
    }

    /** The entry whose header is at the offset, or null when there is none. */
    static ZipEntryContent at(Path zip, String zipName, long offset, Limits limits, long before) throws IOException {
        try (Walk walk = Walk.at(zip, offset)) {
            ZipEntry entry = walk.getNextEntry();
            return entry == null
                    ? null
                    : new ZipEntryContent(zip, offset, limits, before, entry, zipName + ", entry " + shown(entry));
        } catch (IllegalArgumentException e) {
            throw new java.util.zip.ZipException("an entry's name is not text");
        }
    }

    /** Entry names are hostile input: they only appear in messages, short and without anything a terminal would act on. */
    private static String shown(ZipEntry entry) {
        String clean = entry.getName().replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 80 ? clean : clean.substring(0, 80) + "…";
    }

    @Override
    public String name() {
        return name;
    }

    String entryName() {
        return entryName;
    }

    boolean directory() {
        return directory;
    }

    @Override
    public InputStream open() throws IOException {
        Walk walk = Walk.at(zip, offset);
        try {
            walk.getNextEntry();
        } catch (IOException e) {
            walk.close();
            throw e;
        }
        return new Expanding(walk);
    }

    /** Where the next header is expected; reads to the end of this entry when nobody has yet. */
    long end() throws IOException {
        if (end < 0) {
            try (InputStream in = open()) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
        return end;
    }

    /** Expanded size, known after {@link #end()}. */
    long size() {
        return size;
    }

    /** Notes where the entry ends once it has been read to its end. */
    private final class Expanding extends java.io.FilterInputStream {
        private final Walk walk;
        private final ExpandedInput expanded;

        Expanding(Walk walk) {
            super(new ExpandedInput(walk, walk.raw, limits, expandedBefore, name));
            this.walk = walk;
            this.expanded = (ExpandedInput) in;
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            note(b);
            return b;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int n = in.read(b, off, len);
            note(n);
            return n;
        }

        private void note(int read) throws IOException {
            if (read < 0 && end < 0) {
                end = offset + walk.position();
                size = expanded.expanded();
            }
        }
    }

    /** A zip stream that knows how far it is in the file. */
    private static final class Walk extends ZipInputStream {
        private final CountedInput raw;

        private Walk(CountedInput raw) {
            super(raw, StandardCharsets.ISO_8859_1);
            this.raw = raw;
        }

        static Walk at(Path zip, long offset) throws IOException {
            InputStream file = Files.newInputStream(zip);
            try {
                file.skipNBytes(offset);
            } catch (IOException e) {
                file.close();
                throw e;
            }
            return new Walk(new CountedInput(new BufferedInputStream(file, 1 << 16)));
        }

        /** What was taken from the file less what the decompressor gave back. */
        long position() throws IOException {
            return raw.count() - (((PushbackInputStream) in).available() - raw.available());
        }
    }
}
