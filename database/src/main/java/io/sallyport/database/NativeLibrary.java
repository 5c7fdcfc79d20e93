package io.sallyport.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;

/** SQLite itself, which the driver unpacks from its jar before it is first used. */
final class NativeLibrary {
    private NativeLibrary() {}

    /**
     * Loads it when it is not there yet. The driver would say of this failure that the database cannot be opened.
     *
     * @throws LibraryException when it cannot be
     */
    @SuppressWarnings("IllegalCatch") // the driver declares any exception
    static void load() {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            Path folder = Path.of(System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir")));
            throw new LibraryException(folder, reason(folder), e);
        }
    }

    /** Of what the driver says only that it has found nothing: the usual reasons are looked for. */
    private static String reason(Path folder) {
        try {
            Files.delete(Files.createTempFile(folder, "sqlite-", ".tried"));
            return "is no place that programs can be run from, as one mounted noexec";
        } catch (IOException e) {
            return "cannot be written to";
        }
    }
}
