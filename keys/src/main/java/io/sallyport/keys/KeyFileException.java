package io.sallyport.keys;

import java.io.IOException;
import java.nio.file.Path;

/** The file of one of the gateway's own keys cannot be used as it is. */
public final class KeyFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final String reason;

    KeyFileException(Path file, String reason) {
        super("key file " + file + ": " + reason);
        this.file = file;
        this.reason = reason;
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** What is wrong with it, and what would help. */
    public String reason() {
        return reason;
    }
}
