package io.sallyport.keys;

import io.sallyport.database.Database;
import java.nio.file.Path;

/** The database file of identities, keys, certificate authorities and revocations. */
public final class KeysDatabase {
    private KeysDatabase() {}

    /**
     * Opens the file, made if absent.
     *
     * @param file its folder must exist
     * @throws io.sallyport.database.DatabaseException when the file cannot be opened, or was written by a newer version
     */
    public static Database open(Path file) {
        return Database.open(file, IdentityTables.MIGRATIONS);
    }
}
