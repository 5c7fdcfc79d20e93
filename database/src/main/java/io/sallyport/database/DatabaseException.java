package io.sallyport.database;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The database could not do its work: a full disk, a broken file, a closed store or a wrong statement. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int SQLITE_FULL = 13;

    private final transient Path file;
    private final int code;

    DatabaseException(Path file, String message, @Nullable Throwable cause) {
        super(message + " (" + file + ")", cause);
        this.file = file;
        this.code = cause instanceof SQLException sql ? sql.getErrorCode() : 0;
    }

    /** The database file. */
    public Path file() {
        return file;
    }

    /** SQLite's primary result code (sqlite.org/rescode.html), 0 when the failure was not SQLite's. */
    public int code() {
        return code & 0xff;
    }

    /** Whether the disk, or the file's size limit, is full. */
    public boolean isFull() {
        return code() == SQLITE_FULL;
    }
}
