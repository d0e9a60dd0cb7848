package dev.outrider.store.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** One file of a journal, named by the place of its first byte. Not a channel: whose thread is interrupted would close it for the others. */
final class Segment implements AutoCloseable {
    private static final String SUFFIX = ".log";
    private static final int BUFFER_BYTES = 64 * 1024;

    final Path file;
    final long begin;
    private final RandomAccessFile reader;
    /** Null where nothing is appended any more. */
    private final RandomAccessFile writer;

    private Segment(Path file, long begin, RandomAccessFile reader, RandomAccessFile writer) {
        this.file = file;
        this.begin = begin;
        this.reader = reader;
        this.writer = writer;
    }

    /** A new one, whose name is durable too. What a failed attempt may have left there was never said to be stored. */
    static Segment make(Path folder, long begin) throws IOException {
        var file = folder.resolve(String.format("%019d%s", begin, SUFFIX));
        Files.write(file, new byte[0]);
        var made = new Segment(
                file, begin, new RandomAccessFile(file.toFile(), "r"), new RandomAccessFile(file.toFile(), "rw"));
        try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException e) {
            made.close();
            throw e;
        }
        return made;
    }

    static boolean named(Path file) {
        return file.getFileName().toString().matches("[0-9]{19}" + SUFFIX);
    }

    static Segment open(Path file) throws IOException {
        var name = file.getFileName().toString();
        return new Segment(
                file,
                Long.parseLong(name.substring(0, name.length() - SUFFIX.length())),
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
            for (var part : new byte[][] {Frame.head(entry, at), entry}) {
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
