package io.sallyport.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** SQLite's library could not be unpacked to, or run from, the folder of temporary files: no database is at fault. */
public final class LibraryException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    private final transient Path folder;

    LibraryException(Path folder, String reason, Exception cause) {
        super(
                "SQLite's library cannot be loaded, since " + folder + " " + reason
                        + ": mend that, or name another folder with SALLYPORT_JAVA_OPTS=-Djava.io.tmpdir=DIR",
                new IOException(reason, cause));
        this.folder = folder;
    }

    /** Where it was to be unpacked. */
    public Path folder() {
        return folder;
    }
}
