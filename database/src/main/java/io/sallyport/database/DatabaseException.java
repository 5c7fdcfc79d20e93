package io.sallyport.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The database could not do its work: a full disk, a broken file, a closed store or a wrong statement. Its message has
 * the operating system's words when the disk is full.
 */
public final class DatabaseException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;
    private static final int SQLITE_FULL = 13;
    private static final int PRIMARY_CODE = 0xff;

    private final transient Path file;
    private final int code;

    DatabaseException(Path file, String message, @Nullable Throwable cause) {
        this(
                file,
                message + " (" + file + ")" + (code(cause) == SQLITE_FULL ? ": No space left on device" : ""),
                code(cause),
                cause);
    }

    private DatabaseException(Path file, String words, int code, @Nullable Throwable cause) {
        super(words, new IOException(words, cause));
        this.file = file;
        this.code = code;
    }

    private static int code(@Nullable Throwable cause) {
        return cause instanceof SQLException sql ? sql.getErrorCode() & PRIMARY_CODE : 0;
    }

    /** The database file. */
    public Path file() {
        return file;
    }

    /** SQLite's primary result code (sqlite.org/rescode.html), 0 when the failure was not SQLite's. */
    public int code() {
        return code;
    }
}
