package io.sallyport.keys;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The SQL of identities, grants and keys. Runs inside the transactions of the database's writer. */
final class IdentityTables {
    /** The schema's history; entries are added, never changed. */
    static final List<List<String>> MIGRATIONS =
            List.of(List.of("""
            CREATE TABLE identities (
              name TEXT PRIMARY KEY, kind TEXT NOT NULL, locked INTEGER NOT NULL) STRICT, WITHOUT ROWID""", """
            CREATE TABLE grants (
              identity TEXT NOT NULL REFERENCES identities ON DELETE CASCADE, position INTEGER NOT NULL,
              effect TEXT NOT NULL, role TEXT NOT NULL, projects TEXT NOT NULL,
              PRIMARY KEY (identity, position)) STRICT, WITHOUT ROWID""", """
            CREATE TABLE keys (
              id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE,
              identity TEXT NOT NULL REFERENCES identities ON DELETE CASCADE,
              type TEXT NOT NULL, base64 TEXT NOT NULL, comment TEXT NOT NULL, added INTEGER NOT NULL) STRICT""", "CREATE INDEX keys_by_identity ON keys (identity)"));

    private IdentityTables() {}

    static void put(Connection connection, Identity identity) throws SQLException {
        update(connection, """
                INSERT INTO identities (name, kind, locked) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, locked = excluded.locked""", identity.name(), identity.kind().label(), identity.locked() ? 1 : 0);
        update(connection, "DELETE FROM grants WHERE identity = ?", identity.name());
        int position = 0;
        for (Grant grant : identity.grants()) {
            update(
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
        update(connection, "DELETE FROM identities WHERE name = ?", name);
    }

    static void addKey(Connection connection, HeldKey key) throws SQLException {
        update(
                connection,
                "INSERT INTO keys (fingerprint, identity, type, base64, comment, added) VALUES (?, ?, ?, ?, ?, ?)",
                key.fingerprint().toString(),
                key.identity(),
                key.blob().type().sshName(),
                key.blob().base64(),
                key.comment(),
                key.addedMillis());
    }

    static void removeKey(Connection connection, Fingerprint fingerprint) throws SQLException {
        update(connection, "DELETE FROM keys WHERE fingerprint = ?", fingerprint.toString());
    }

    /** All identities, in no order. */
    static List<Identity> identities(Connection connection) throws SQLException {
        Map<String, List<Grant>> grants = grants(connection);
        List<Identity> all = new ArrayList<>();
        query(connection, "SELECT name, kind, locked FROM identities", row -> {
            String name = row.getString(1);
            Identity.Kind kind = Identity.Kind.parse(row.getString(2)).orElseThrow();
            all.add(new Identity(name, kind, grants.getOrDefault(name, List.of()), row.getInt(3) != 0));
        });
        return all;
    }

    private static Map<String, List<Grant>> grants(Connection connection) throws SQLException {
        Map<String, List<Grant>> all = new HashMap<>();
        query(connection, "SELECT identity, effect, role, projects FROM grants ORDER BY identity, position", row -> {
            Grant grant = new Grant(
                    Grant.Effect.parse(row.getString(2)).orElseThrow(),
                    Role.parse(row.getString(3)).orElseThrow(),
                    ProjectGlob.parse(row.getString(4)).orElseThrow());
            all.computeIfAbsent(row.getString(1), name -> new ArrayList<>()).add(grant);
        });
        return all;
    }

    /** Tells all keys, the oldest first. */
    static void keys(Connection connection, Consumer<HeldKey> each) throws SQLException {
        query(connection, "SELECT fingerprint, identity, type, base64, comment, added FROM keys ORDER BY id", row -> {
            Fingerprint fingerprint = Fingerprint.parse(row.getString(1)).orElseThrow();
            KeyBlob blob = KeyBlob.stored(row.getString(3), row.getString(4));
            each.accept(new HeldKey(fingerprint, row.getString(2), blob, row.getString(5), row.getLong(6)));
        });
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static void query(Connection connection, String sql, Row each) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                each.read(rows);
            }
        }
    }

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }
}
