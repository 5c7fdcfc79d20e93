package io.sallyport.keys;

import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The SQL of certificate authorities, serial numbers and revocations. */
final class CertificateTables {
    /** Part of the schema's history, see {@link IdentityTables#MIGRATIONS}. Times are milliseconds since 1970. */
    static final List<String> MIGRATION = List.of("""
            CREATE TABLE authorities (
              fingerprint TEXT PRIMARY KEY, type TEXT NOT NULL, line TEXT NOT NULL, name TEXT NOT NULL,
              not_before INTEGER, not_after INTEGER, added INTEGER NOT NULL) STRICT, WITHOUT ROWID""", """
            CREATE TABLE own_authorities (
              fingerprint TEXT PRIMARY KEY, last_serial INTEGER NOT NULL) STRICT, WITHOUT ROWID""", """
            CREATE TABLE revocations (
              id INTEGER PRIMARY KEY CHECK (id = 1), list BLOB NOT NULL) STRICT""");

    private CertificateTables() {}

    static List<Authority> authorities(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "SELECT fingerprint, type, line, name, not_before, not_after, added FROM authorities",
                row -> new Authority(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        moment(row, 5),
                        moment(row, 6),
                        Instant.ofEpochMilli(row.getLong(7))));
    }

    private static Optional<Instant> moment(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    static int put(Connection connection, Authority authority) throws SQLException {
        return Sql.update(
                connection,
                "INSERT OR REPLACE INTO authorities (fingerprint, type, line, name, not_before, not_after, added)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                authority.fingerprint(),
                authority.type(),
                authority.line(),
                authority.name(),
                authority.notBefore().map(Instant::toEpochMilli).orElse(null),
                authority.notAfter().map(Instant::toEpochMilli).orElse(null),
                authority.added().toEpochMilli());
    }

    static int removeAuthority(Connection connection, String fingerprint) throws SQLException {
        return Sql.update(connection, "DELETE FROM authorities WHERE fingerprint = ?", fingerprint);
    }

    /** Trusts the gateway's own authority when it is seen for the first time; false when it has been seen before. */
    static boolean trustOwn(Connection connection, Authority own) throws SQLException {
        int fresh = Sql.update(
                connection,
                "INSERT INTO own_authorities (fingerprint, last_serial) VALUES (?, 0) ON CONFLICT DO NOTHING",
                own.fingerprint());
        return fresh > 0 && put(connection, own) > 0;
    }

    /** The next serial number of the gateway's own authority, which is never given again. */
    static long nextSerial(Connection connection, String fingerprint) throws SQLException {
        Sql.update(
                connection,
                "UPDATE own_authorities SET last_serial = last_serial + 1 WHERE fingerprint = ?",
                fingerprint);
        return Sql.first(
                        connection,
                        "SELECT last_serial FROM own_authorities WHERE fingerprint = ?",
                        row -> row.getLong(1),
                        fingerprint)
                .orElseThrow();
    }

    static Optional<byte[]> revocations(Connection connection) throws SQLException {
        return Sql.first(connection, "SELECT list FROM revocations WHERE id = 1", row -> row.getBytes(1));
    }

    static int revocations(Connection connection, byte[] list) throws SQLException {
        return Sql.update(connection, "INSERT OR REPLACE INTO revocations (id, list) VALUES (1, ?)", (Object) list);
    }
}
