package io.sallyport.keys;

import java.io.IOException;
import java.nio.file.Path;

/** A host key file cannot be used as it is. */
public final class HostKeyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final String reason;

    HostKeyException(Path file, String reason) {
        super("host key " + file + ": " + reason);
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
