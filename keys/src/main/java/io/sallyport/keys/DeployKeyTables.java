package io.sallyport.keys;

import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The SQL of deploy keys. Runs inside the transactions of the database's writer. */
final class DeployKeyTables {
    /** Made in one step of the schema's history; never changed. */
    static final List<String> MADE = List.of("""
            CREATE TABLE deploy_keys (
              id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE, project TEXT NOT NULL, name TEXT NOT NULL,
              type TEXT NOT NULL, base64 TEXT NOT NULL, comment TEXT NOT NULL, added INTEGER NOT NULL,
              creator TEXT REFERENCES identities ON DELETE SET NULL,
              verbs TEXT NOT NULL, refs TEXT NOT NULL, sources TEXT NOT NULL, expires INTEGER NOT NULL,
              builds_per_hour INTEGER, builds_at_once INTEGER, bytes_per_day INTEGER,
              logins INTEGER NOT NULL DEFAULT 0, submissions INTEGER NOT NULL DEFAULT 0,
              bytes INTEGER NOT NULL DEFAULT 0, last_used INTEGER, last_source TEXT,
              day INTEGER, day_bytes INTEGER NOT NULL DEFAULT 0,
              UNIQUE (project, name)) STRICT""", "CREATE INDEX deploy_keys_by_creator ON deploy_keys (creator)");

    private DeployKeyTables() {}

    /** Makes a key, or changes it; its use stays. */
    static void put(Connection connection, DeployKey key) throws SQLException {
        DeployScope scope = key.scope();
        DeployQuotas quotas = scope.quotas();
        String[] line = key.key().line().split(" ", 3);
        Sql.update(
                connection,
                """
                INSERT INTO deploy_keys (fingerprint, project, name, type, base64, comment, added, creator, verbs,
                  refs, sources, expires, builds_per_hour, builds_at_once, bytes_per_day)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (fingerprint) DO UPDATE SET name = excluded.name, comment = excluded.comment,
                  added = excluded.added, creator = excluded.creator, verbs = excluded.verbs, refs = excluded.refs,
                  sources = excluded.sources, expires = excluded.expires,
                  builds_per_hour = excluded.builds_per_hour, builds_at_once = excluded.builds_at_once,
                  bytes_per_day = excluded.bytes_per_day""",
                key.fingerprint(),
                key.project(),
                key.name(),
                line[0],
                line[1],
                key.key().comment(),
                key.key().added().toEpochMilli(),
                key.creator().orElse(null),
                joined(scope.verbs().stream().map(DeployVerb::label)),
                joined(scope.refs().stream().map(RefGlob::text)),
                joined(scope.from().stream().map(Network::toString)),
                scope.expires().toEpochMilli(),
                quotas.buildsPerHour().isPresent()
                        ? Integer.valueOf(quotas.buildsPerHour().getAsInt())
                        : null,
                quotas.buildsAtOnce().isPresent()
                        ? Integer.valueOf(quotas.buildsAtOnce().getAsInt())
                        : null,
                quotas.bytesPerDay().isPresent()
                        ? Long.valueOf(quotas.bytesPerDay().getAsLong())
                        : null);
    }

    static void remove(Connection connection, String fingerprint) throws SQLException {
        Sql.update(connection, "DELETE FROM deploy_keys WHERE fingerprint = ?", fingerprint);
    }

    static void putUse(Connection connection, String fingerprint, DeployKeyUse use) throws SQLException {
        Sql.update(
                connection,
                """
                UPDATE deploy_keys SET logins = ?, submissions = ?, bytes = ?, last_used = ?, last_source = ?,
                  day = ?, day_bytes = ? WHERE fingerprint = ?""",
                use.logins(),
                use.submissions(),
                use.bytes(),
                use.last().map(Instant::toEpochMilli).orElse(null),
                use.from().orElse(null),
                use.day().map(Instant::toEpochMilli).orElse(null),
                use.dayBytes(),
                fingerprint);
    }

    /** All of them, in the order in which they were made. */
    static List<DeployKey> all(Connection connection) throws SQLException {
        return Sql.list(connection, "SELECT * FROM deploy_keys ORDER BY id", DeployKeyTables::key);
    }

    /** What has been done with each, by fingerprint. */
    static Map<String, DeployKeyUse> uses(Connection connection) throws SQLException {
        Map<String, DeployKeyUse> uses = new HashMap<>();
        Sql.list(
                connection,
                "SELECT * FROM deploy_keys ORDER BY id",
                row -> uses.put(row.getString("fingerprint"), use(row)));
        return uses;
    }

    private static DeployKey key(ResultSet row) throws SQLException {
        String project = row.getString("project");
        String name = row.getString("name");
        HeldKey held = new HeldKey(
                Fingerprint.parse(row.getString("fingerprint")).orElseThrow(),
                DeployKey.identity(project, name),
                KeyBlob.stored(row.getString("type"), row.getString("base64")),
                row.getString("comment"),
                row.getLong("added"));
        Optional<String> creator = Optional.ofNullable(row.getString("creator"));
        return new DeployKey(held.toRecord(), project, name, creator, scope(row));
    }

    private static DeployScope scope(ResultSet row) throws SQLException {
        return new DeployScope(
                parts(row.getString("verbs"))
                        .map(label -> DeployVerb.parse(label).orElseThrow())
                        .collect(Collectors.toSet()),
                parts(row.getString("refs"))
                        .map(text -> RefGlob.parse(text).orElseThrow())
                        .toList(),
                parts(row.getString("sources"))
                        .map(text -> Network.parse(text).orElseThrow())
                        .toList(),
                Instant.ofEpochMilli(row.getLong("expires")),
                quotas(row));
    }

    private static DeployQuotas quotas(ResultSet row) throws SQLException {
        OptionalLong perHour = number(row, "builds_per_hour");
        OptionalLong atOnce = number(row, "builds_at_once");
        return new DeployQuotas(
                perHour.isPresent() ? OptionalInt.of(Math.toIntExact(perHour.getAsLong())) : OptionalInt.empty(),
                atOnce.isPresent() ? OptionalInt.of(Math.toIntExact(atOnce.getAsLong())) : OptionalInt.empty(),
                number(row, "bytes_per_day"));
    }

    private static DeployKeyUse use(ResultSet row) throws SQLException {
        return new DeployKeyUse(
                row.getLong("logins"),
                row.getLong("submissions"),
                row.getLong("bytes"),
                time(row, "last_used"),
                Optional.ofNullable(row.getString("last_source")),
                time(row, "day"),
                row.getLong("day_bytes"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        OptionalLong millis = number(row, column);
        return millis.isPresent() ? Optional.of(Instant.ofEpochMilli(millis.getAsLong())) : Optional.empty();
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private static String joined(Stream<String> parts) {
        return parts.collect(Collectors.joining(","));
    }

    private static Stream<String> parts(String joined) {
        return Arrays.stream(joined.split(",", -1)).filter(part -> !part.isEmpty());
    }
}
