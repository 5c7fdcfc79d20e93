package io.sallyport.builds.secret;

import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys that seal the secrets of a database, in a file of their own, and their change. For one thread, while nobody
 * else uses either.
 *
 * <p>A change is three steps, each durable before the next: the file has the new key before the old ones; all secrets are sealed anew
 * in one transaction; the file has the new key alone. Whatever step a crash comes after, the file has the
 * key of every secret.
 */
public final class SecretsKeys {
    private final Database database;
    private final KeyRingFile file;
    private final SecureRandom random = new SecureRandom();

    /** Those of a database opened with {@link io.sallyport.builds.store.Schema#MIGRATIONS}. */
    public SecretsKeys(Database database, Path file) {
        this.database = database;
        this.file = new KeyRingFile(file);
    }

    /**
     * Makes the file with a new key, where there is none.
     *
     * @throws IOException when it cannot be written
     */
    public static void make(Path file) throws IOException {
        KeyRingFile made = new KeyRingFile(file);
        if (!made.exists()) {
            made.save(KeyRing.make(new SecureRandom()));
        }
    }

    /**
     * Where a secret is.
     *
     * @param projectId the number of its project
     * @param project the name of that
     * @param name its own
     */
    public record Place(long projectId, String project, String name) {}

    KeyRing open() throws IOException {
        List<String> used = used();
        if (!file.exists() && used.isEmpty()) {
            file.save(KeyRing.make(random));
        }
        return settled(ring(used));
    }

    /**
     * Puts a new key in the place of the old ones.
     *
     * @return how many secrets have been sealed anew
     * @throws SecretsKeyException as {@link SecretStore#open} does; nothing has changed then
     * @throws DamagedSecretException when a secret is not as it was written; it has to be removed first
     * @throws IOException when the file cannot be written; it can be tried again
     */
    public int change() throws IOException {
        KeyRing before = open();
        for (Place damaged : lost(before)) {
            throw new DamagedSecretException(damaged.project(), damaged.name());
        }
        KeyRing next = before.withNew(random);
        file.save(next);
        int count = sealAnew(next);
        file.save(next.currentOnly());
        return count;
    }

    /**
     * Removes the secrets that nothing can open any more: those sealed with keys that the file does not have, all when
     * there is no file, and those that are not as they were written.
     */
    public List<Place> forgetLost() throws IOException {
        List<Place> lost = lost(file.exists() ? file.load(random) : KeyRing.make(random));
        return database.write(connection -> {
            for (Place place : lost) {
                Sql.update(
                        connection,
                        "DELETE FROM secrets WHERE project_id = ? AND name = ?",
                        place.projectId(),
                        place.name());
            }
            return lost;
        });
    }

    /** Those that no key of the ring opens. */
    private List<Place> lost(KeyRing ring) {
        return database.read(connection -> {
            List<Place> lost = new ArrayList<>();
            for (Place place : places(connection)) {
                if (row(connection, place).open(ring).isEmpty()) {
                    lost.add(place);
                }
            }
            return lost;
        });
    }

    /** A change of keys that was cut off is brought to its end; unless what cannot be opened may still need a key. */
    private KeyRing settled(KeyRing ring) throws IOException {
        if (ring.keys().size() == 1 || !lost(ring).isEmpty()) {
            return ring;
        }
        sealAnew(ring);
        file.save(ring.currentOnly());
        return ring.currentOnly();
    }

    private KeyRing ring(List<String> used) throws IOException {
        if (!file.exists()) {
            throw new SecretsKeyException(file.path(), "is not there, and there are secrets sealed with it: " + help());
        }
        KeyRing ring = file.load(random);
        if (used.stream().anyMatch(id -> ring.find(id).isEmpty())) {
            throw new SecretsKeyException(
                    file.path(), "is not the key that the secrets in the database are sealed with: " + help());
        }
        return ring;
    }

    private static String help() {
        return "put its copy back, or give these secrets up with sallyport admin rotate-secrets-key --forget-lost";
    }

    private int sealAnew(KeyRing ring) {
        return database.write(connection -> {
            List<Place> places = places(connection);
            for (Place place : places) {
                SecretRow row = row(connection, place);
                byte[] value = row.open(ring).orElseThrow();
                SecretRow.seal(place.projectId(), row.secret(), value, ring.current())
                        .put(connection);
            }
            return places.size();
        });
    }

    private List<String> used() {
        return database.read(
                connection -> Sql.list(connection, "SELECT DISTINCT key_id FROM secrets", row -> row.getString(1)));
    }

    /** Of all: their values are read one by one, as they need not fit into memory together. */
    private static List<Place> places(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "SELECT id, projects.name, secrets.name FROM secrets JOIN projects ON id = project_id ORDER BY 2, 3",
                row -> new Place(row.getLong(1), row.getString(2), row.getString(3)));
    }

    private static SecretRow row(Connection connection, Place place) throws SQLException {
        return SecretRow.find(connection, place.projectId(), place.name()).orElseThrow();
    }
}
