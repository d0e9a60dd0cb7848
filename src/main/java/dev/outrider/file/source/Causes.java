package dev.outrider.file.source;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why something failed, in words that need no Java. */
final class Causes {
    private Causes() {}

    static String of(Exception e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return Names.show(file.getReason());
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : Names.show(e.getMessage());
    }
}
