package io.sallyport.keys;

import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The SQL of identities, grants and keys. Runs inside the transactions of the database's writer. */
final class IdentityTables {
    /** The schema's history; entries are added, never changed. */
    static final List<List<String>> MIGRATIONS = List.of(
            List.of("""
            CREATE TABLE identities (
              name TEXT PRIMARY KEY, kind TEXT NOT NULL, locked INTEGER NOT NULL) STRICT, WITHOUT ROWID""", """
            CREATE TABLE grants (
              identity TEXT NOT NULL REFERENCES identities ON DELETE CASCADE, position INTEGER NOT NULL,
              effect TEXT NOT NULL, role TEXT NOT NULL, projects TEXT NOT NULL,
              PRIMARY KEY (identity, position)) STRICT, WITHOUT ROWID""", """
            CREATE TABLE keys (
              id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE,
              identity TEXT NOT NULL REFERENCES identities ON DELETE CASCADE,
              type TEXT NOT NULL, base64 TEXT NOT NULL, comment TEXT NOT NULL, added INTEGER NOT NULL) STRICT""", "CREATE INDEX keys_by_identity ON keys (identity)"),
            DeployKeyTables.MADE,
            CertificateTables.MIGRATION,
            List.of("ALTER TABLE identities ADD COLUMN verify_required INTEGER NOT NULL DEFAULT 0"),
            GroupTables.MADE,
            Outbox.MADE);

    private IdentityTables() {}

    static void put(Connection connection, Identity identity) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO identities (name, kind, locked, verify_required) VALUES (?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, locked = excluded.locked,
                  verify_required = excluded.verify_required""",
                identity.name(),
                identity.kind().label(),
                identity.locked() ? 1 : 0,
                identity.verifyRequired() ? 1 : 0);
        Sql.update(connection, "DELETE FROM grants WHERE identity = ?", identity.name());
        int position = 0;
        for (Grant grant : identity.grants()) {
            Sql.update(
                    connection,
                    "INSERT INTO grants (identity, position, effect, role, projects) VALUES (?, ?, ?, ?, ?)",
                    identity.name(),
                    position++,
                    grant.effect().label(),
                    grant.role().label(),
                    grant.projects().text());
        }
    }

    static void remove(Connection connection, String name) throws SQLException {
        Sql.update(connection, "DELETE FROM identities WHERE name = ?", name);
    }

    static void addKey(Connection connection, HeldKey key) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO keys (fingerprint, identity, type, base64, comment, added) VALUES (?, ?, ?, ?, ?, ?)",
                key.fingerprint().toString(),
                key.identity(),
                key.blob().type().sshName(),
                key.blob().base64(),
                key.comment(),
                key.addedMillis());
    }

    static void removeKey(Connection connection, String fingerprint) throws SQLException {
        Sql.update(connection, "DELETE FROM keys WHERE fingerprint = ?", fingerprint);
    }

    /** All identities, in no order. */
    static List<Identity> identities(Connection connection) throws SQLException {
        Map<String, List<Grant>> grants = new HashMap<>();
        Sql.list(
                connection,
                "SELECT identity, effect, role, projects FROM grants ORDER BY identity, position",
                row -> grants.computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                        .add(grant(row)));
        return Sql.list(connection, "SELECT name, kind, locked, verify_required FROM identities", row -> {
            String name = row.getString(1);
            Identity.Kind kind = Identity.Kind.parse(row.getString(2)).orElseThrow();
            return new Identity(
                    name, kind, grants.getOrDefault(name, List.of()), row.getInt(3) != 0, row.getInt(4) != 0);
        });
    }

    /** Of the columns 2 to 4. */
    static Grant grant(ResultSet row) throws SQLException {
        return new Grant(
                Grant.Effect.parse(row.getString(2)).orElseThrow(),
                Role.parse(row.getString(3)).orElseThrow(),
                ProjectGlob.parse(row.getString(4)).orElseThrow());
    }

    /** All keys, the oldest first. */
    static List<HeldKey> keys(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "SELECT fingerprint, identity, type, base64, comment, added FROM keys ORDER BY id",
                row -> new HeldKey(
                        Fingerprint.parse(row.getString(1)).orElseThrow(),
                        row.getString(2),
                        KeyBlob.stored(row.getString(3), row.getString(4)),
                        row.getString(5),
                        row.getLong(6)));
    }
}
