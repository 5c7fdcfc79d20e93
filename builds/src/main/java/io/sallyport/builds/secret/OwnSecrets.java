package io.sallyport.builds.secret;

import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Values that the gateway keeps for itself, sealed as the secrets of projects are and changed with their key, but given
 * to no job and shown in no list. They go with their project. May be used from any thread.
 */
public final class OwnSecrets {
    private final Database database;
    private final KeyRing ring;
    private final Clock clock;

    OwnSecrets(Database database, KeyRing ring, Clock clock) {
        this.database = database;
        this.ring = ring;
        this.clock = clock;
    }

    /**
     * Keeps a value within a transaction of the same database, in place of what was kept under that name.
     *
     * @param use what it is for, a word
     * @param name of what uses it
     * @param by who gave it
     */
    public void keep(Connection connection, long project, String use, String name, byte[] value, String by)
            throws SQLException {
        String full = full(use, name);
        Optional<Secret> before = SecretRow.find(connection, project, full).map(SecretRow::secret);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Secret secret = new Secret(
                full,
                Secret.Rules.USUAL,
                Secret.Rules.USUAL.masked(),
                before.map(Secret::version).orElse(0) + 1,
                Secret.atMost(value.length),
                before.map(Secret::created).orElse(now),
                now,
                by);
        SecretRow.seal(project, secret, value, ring.current()).put(connection);
    }

    /** Forgets one within a transaction, if there is one. */
    public void forget(Connection connection, long project, String use, String name) throws SQLException {
        Sql.update(connection, "DELETE FROM secrets WHERE project_id = ? AND name = ?", project, full(use, name));
    }

    /**
     * The value that is kept; empty when there is none.
     *
     * @throws DamagedSecretException when it is not as it was written
     */
    public Optional<byte[]> open(long project, String use, String name) throws DamagedSecretException {
        return opened(project, full(use, name));
    }

    /**
     * The value of a secret that the project's maintainers have put for jobs; empty when there is none.
     *
     * @throws DamagedSecretException when it is not as it was written
     */
    public Optional<byte[]> open(long project, String secret) throws DamagedSecretException {
        return Secret.isName(secret) ? opened(project, secret) : Optional.empty();
    }

    private Optional<byte[]> opened(long project, String name) throws DamagedSecretException {
        Optional<SecretRow> row = database.read(connection -> SecretRow.find(connection, project, name));
        if (row.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                row.get().open(ring).orElseThrow(() -> new DamagedSecretException("project " + project, name)));
    }

    private static String full(String use, String name) {
        return use + SecretRow.OWN + name;
    }
}
