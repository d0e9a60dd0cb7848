package dev.outrider.store.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/** One file of a journal, named by the place of its first byte and the mark of its frames. Not a channel: whose thread is interrupted would close it for the others. */
final class Segment implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("([0-9]{19})-([0-9a-f]{16})\\.log");
    private static final int BUFFER_BYTES = 64 * 1024;

    final Path file;
    final long begin;
    final long mark;
    private final RandomAccessFile reader;
    /** Null where nothing is appended any more. */
    private final RandomAccessFile writer;

    private Segment(Path file, long begin, long mark, RandomAccessFile reader, RandomAccessFile writer) {
        this.file = file;
        this.begin = begin;
        this.mark = mark;
        this.reader = reader;
        this.writer = writer;
    }

    /** A new one, whose name is durable too. */
    static Segment make(Path folder, long begin, long mark) throws IOException {
        var file = folder.resolve(String.format("%019d-%016x.log", begin, mark));
        var writer = new RandomAccessFile(file.toFile(), "rw");
        var made = new Segment(file, begin, mark, new RandomAccessFile(file.toFile(), "r"), writer);
        try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException e) {
            made.close();
            throw e;
        }
        return made;
    }

    static boolean named(Path file) {
        return NAME.matcher(file.getFileName().toString()).matches();
    }

    static Segment open(Path file) throws IOException {
        var name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException(file.toString());
        }
        return new Segment(
                file,
                Long.parseLong(name.group(1)),
                Long.parseUnsignedLong(name.group(2), 16),
                new RandomAccessFile(file.toFile(), "r"),
                null);
    }

    long bytes() throws IOException {
        return reader.length();
    }

    /** Writes entries behind each other and waits for the disk; the place after them. */
    long append(List<byte[]> entries, long at) throws IOException {
        writer.seek(at - begin);
        var buffer = new byte[BUFFER_BYTES];
        int filled = 0;
        long written = 0;
        for (var entry : entries) {
            for (var part : new byte[][] {Frame.head(mark, entry, at), entry}) {
                if (part.length > buffer.length - filled) {
                    writer.write(buffer, 0, filled);
                    filled = 0;
                }
                if (part.length > buffer.length) {
                    writer.write(part);
                } else {
                    System.arraycopy(part, 0, buffer, filled, part.length);
                    filled += part.length;
                }
                written += part.length;
            }
        }
        writer.write(buffer, 0, filled);
        writer.getFD().sync();
        return at + written;
    }

    /** What stands behind a place. */
    ByteBuffer read(long from, int bytes) throws IOException {
        var read = new byte[bytes];
        reader.seek(from - begin);
        reader.readFully(read);
        return ByteBuffer.wrap(read);
    }

    /** Keeps the file under another name, once, for whoever can still read something in it. */
    Path keep() throws IOException {
        var kept = file.resolveSibling(file.getFileName() + ".damaged");
        if (!Files.exists(kept)) {
            Files.createLink(kept, file);
        }
        return kept;
    }

    void delete() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        reader.close();
        if (writer != null) {
            writer.close();
        }
    }
}
