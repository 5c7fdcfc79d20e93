package io.sallyport.builds.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.database.Sql;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A row of the table of secrets.
 *
 * @param project its id
 * @param secret what may be known
 * @param keyId of the key that sealed it
 * @param sealed the value
 */
record SecretRow(long project, Secret secret, String keyId, Sealed sealed) {
    /** What the names of {@link OwnSecrets} have in them, and those of secrets of jobs never have. */
    static final String OWN = ":";

    private static final String FOR_JOBS = " AND instr(name, '" + OWN + "') = 0 ORDER BY name";
    static final String OF_PROJECT = "SELECT * FROM secrets WHERE project_id = ?" + FOR_JOBS;
    static final String OF_BUILD =
            "SELECT * FROM secrets WHERE project_id = (SELECT project_id FROM builds WHERE id = ?)" + FOR_JOBS;

    private static final String ONE = "SELECT * FROM secrets WHERE project_id = ? AND name = ?";

    static SecretRow read(ResultSet row) throws SQLException {
        Sealed sealed = new Sealed(row.getBytes("sealed"));
        Secret.Rules rules =
                new Secret.Rules(row.getInt("protected") != 0, row.getInt("file") != 0, row.getInt("masked") != 0);
        Secret secret = new Secret(
                row.getString("name"),
                rules,
                rules.masked(),
                row.getInt("version"),
                Secret.atMost(sealed.length()),
                Instant.ofEpochMilli(row.getLong("created")),
                Instant.ofEpochMilli(row.getLong("updated")),
                row.getString("updated_by"));
        return new SecretRow(row.getLong("project_id"), secret, row.getString("key_id"), sealed);
    }

    static Optional<SecretRow> find(Connection connection, long project, String name) throws SQLException {
        return Sql.first(connection, ONE, SecretRow::read, project, name);
    }

    static List<SecretRow> ofProject(Connection connection, long project) throws SQLException {
        return Sql.list(connection, OF_PROJECT, SecretRow::read, project);
    }

    /** Seals a value as this secret's. */
    static SecretRow seal(long project, Secret secret, byte[] value, SealingKey key) {
        return new SecretRow(project, secret, key.id(), key.seal(value, owner(project, secret, key.id())));
    }

    /** The value; empty when no key of the ring opens it as this secret's. */
    Optional<byte[]> open(KeyRing ring) {
        return ring.find(keyId).flatMap(key -> key.open(sealed, owner(project, secret, keyId)));
    }

    /** What may be known, the value looked at for what is true of it; as its rules say, when no key opens it. */
    Secret known(KeyRing ring) {
        return secret.hidden()
                        && open(ring)
                                .filter(value -> SecretValue.isShort(new String(value, UTF_8)))
                                .isPresent()
                ? secret.unhidden()
                : secret;
    }

    /** All that must not be changed without its maintainer: whose it is, its name, its rules. */
    private static byte[] owner(long project, Secret secret, String keyId) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF("sallyport secret 1");
            out.writeUTF(keyId);
            out.writeLong(project);
            out.writeUTF(secret.name());
            out.writeInt(secret.version());
            out.writeByte(secret.rules().bits());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    void put(Connection connection) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT OR REPLACE INTO secrets (project_id, name, version, protected, file, masked, key_id,
                  sealed, created, updated, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                project,
                secret.name(),
                secret.version(),
                secret.rules().protectedOnly() ? 1 : 0,
                secret.rules().file() ? 1 : 0,
                secret.rules().masked() ? 1 : 0,
                keyId,
                sealed.bytes(),
                secret.created().toEpochMilli(),
                secret.updated().toEpochMilli(),
                secret.updatedBy());
    }
}
