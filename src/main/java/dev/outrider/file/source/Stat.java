package dev.outrider.file.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;

/**
 * What tells cheaply whether a file is still the same.
 *
 * @param key device and inode, where the file system has them
 */
record Stat(long size, Instant modified, String key) {
    static Stat of(Path file) throws IOException {
        return of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    static Stat of(BasicFileAttributes read) {
        return new Stat(read.size(), read.lastModifiedTime().toInstant(), String.valueOf(read.fileKey()));
    }

    /** Size, time and inode in one word. */
    String token() {
        return size + "-" + modified.getEpochSecond() + "." + modified.getNano() + "-" + key.replace(' ', '_');
    }

    /** For how long it has not been changed, by its own time; zero where that lies ahead of this machine's clock. */
    Duration age() {
        var age = Duration.between(modified, Instant.now());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
