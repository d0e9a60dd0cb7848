package dev.outrider.file.format;

import java.io.IOException;

/** Carries a {@link ScanException} out of a stream, through parsers that only let I/O errors pass. */
final class ScanIOException extends IOException {
    private static final long serialVersionUID = 1L;

    private final ScanException fault;

    ScanIOException(ScanException fault) {
        super(fault.getMessage(), fault);
        this.fault = fault;
    }

    ScanException fault() {
        return fault;
    }
}
