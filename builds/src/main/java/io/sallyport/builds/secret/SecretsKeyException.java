package io.sallyport.builds.secret;

import java.io.IOException;
import java.nio.file.Path;

/** The file of the keys that seal secrets cannot be used as it is. */
public final class SecretsKeyException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;

    SecretsKeyException(Path file, String reason) {
        super("key file " + file + ": " + reason);
        this.file = file;
    }

    /** The file. */
    public Path file() {
        return file;
    }
}
