package io.sallyport.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * One SQLite file in WAL mode with {@code synchronous=FULL}: what {@link #write} has returned is on disk.
 *
 * <p>Writes of all threads go through one writer thread, which commits those that wait together in one transaction
 * (group commit): one fsync serves many. Reads run on the caller's thread on pooled read-only connections and see the
 * last commit. All methods may be called from any thread, also from virtual ones.
 */
public final class Database implements AutoCloseable {
    /** Read connections open at once; a further reader waits for one. */
    static final int READERS = 8;

    private final Path file;
    private final Writer writer;
    private final ReaderPool readers;

    private Database(Path file, Writer writer, ReaderPool readers) {
        this.file = file;
        this.writer = writer;
        this.readers = readers;
    }

    /**
     * Opens the file, made if absent, and brings its schema up to date.
     *
     * @param file the database file; its folder must exist
     * @param migrations the schema's history, one list of statements per version; {@code PRAGMA user_version}
     *     counts those already run
     * @throws DatabaseException when the file cannot be opened, or was written by a newer version
     * @throws LibraryException when SQLite's library cannot be loaded on this machine
     */
    public static Database open(Path file, List<List<String>> migrations) {
        NativeLibrary.load();
        try {
            Connection connection = Connections.writer(file);
            try {
                Migrations.run(file, connection, migrations);
                return new Database(file, new Writer(file, connection), new ReaderPool(file, new Semaphore(READERS)));
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new DatabaseException(file, "cannot open the database", e);
        }
    }

    /**
     * Runs the work on the writer thread and returns when its changes are on disk. When the work throws, its changes
     * are undone, and those of others are not.
     *
     * @throws DatabaseException when a statement or the commit fails, or the database is closed
     * @throws RuntimeException what the work itself threw
     */
    public <T> T write(Work<T> work) {
        return writer.submit(work);
    }

    /**
     * Runs the work on a read-only connection and on the caller's thread.
     *
     * @throws DatabaseException when a statement fails or the database is closed
     */
    public <T> T read(Work<T> work) {
        try (ReaderPool.Lease lease = readers.lease()) {
            return work.run(lease.connection());
        } catch (SQLException e) {
            throw new DatabaseException(file, "cannot read", e);
        }
    }

    /** Counts up when a commit begins and when it is over: odd while one is under way. */
    long turn() {
        return writer.turn();
    }

    /**
     * Calls back after each commit, before those who wait for it are answered. Called on the writer thread, where works
     * run too: a listener must not wait for anything, and never writes itself.
     */
    public void onCommit(Runnable listener) {
        writer.onCommit(listener);
    }

    /** Tells from now on how long each commit took, its fsync included. Called on the writer thread, as listeners are. */
    public void onCommitTime(Consumer<Duration> listener) {
        writer.onCommitTime(listener);
    }

    /** The failed fsync since which nothing is written any more; it takes a new start, and a look at the disk. */
    public Optional<SQLException> failure() {
        return writer.failure();
    }

    /** The form of the schema that the file has: how many of the migrations it has seen. */
    public int format() {
        return read(connection -> Sql.first(connection, "PRAGMA user_version", row -> row.getInt(1))
                .orElseThrow());
    }

    /** Finishes the writes under way, then closes all connections. Repeated calls do nothing. */
    @Override
    public void close() {
        writer.close();
        readers.close();
    }
}
