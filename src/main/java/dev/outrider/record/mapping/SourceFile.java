package dev.outrider.record.mapping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * A file that a mapping was compiled from.
 *
 * @param name below the routes folder, as errors give it
 */
record SourceFile(String name, Path path, String text, FileTime modified, long size) {
    static SourceFile read(String name, Path path) throws IOException {
        // Attributes first: a write between the two reads is then seen as a change, not missed.
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return new SourceFile(name, path, Files.readString(path), attributes.lastModifiedTime(), attributes.size());
    }

    /** Whether the file on disk looks different: asked for every page, so by its attributes only. */
    boolean touched() {
        try {
            var now = Files.readAttributes(path, BasicFileAttributes.class);
            return now.size() != size || !now.lastModifiedTime().equals(modified);
        } catch (IOException e) {
            return true;
        }
    }
}
