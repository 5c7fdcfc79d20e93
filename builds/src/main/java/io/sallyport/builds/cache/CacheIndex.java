package io.sallyport.builds.cache;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which content is under which key, in SQLite. */
final class CacheIndex {
    private static final String SELECT = "SELECT project_id, trusted, name, digest, bytes, saved, used FROM caches";
    private static final String WHERE = " WHERE project_id = ? AND trusted = ? AND name = ?";
    /** Those before which the newest ones, and this one above all, take all the room there is. */
    private static final String EVICT = """
            DELETE FROM caches WHERE id IN (
              SELECT id FROM (
                SELECT id,
                  sum(bytes) OVER newest AS bytes_so_far,
                  row_number() OVER newest AS keys_so_far
                FROM caches WHERE project_id = coalesce(?, project_id)
                WINDOW newest AS (ORDER BY id = ? DESC, used DESC, id DESC ROWS UNBOUNDED PRECEDING))
              WHERE bytes_so_far > ? OR keys_so_far > ?)""";

    private final Database database;

    CacheIndex(Database database) {
        this.database = database;
    }

    Optional<CacheEntry> find(CacheKey key) {
        return database.read(connection -> find(connection, key));
    }

    List<CacheEntry> list(long project) {
        return database.read(connection -> Sql.list(
                connection, SELECT + " WHERE project_id = ? ORDER BY name, trusted DESC", CacheIndex::entry, project));
    }

    /** All digests that are named. */
    Set<Digest> digests() {
        return new HashSet<>(database.read(connection ->
                Sql.list(connection, "SELECT DISTINCT digest FROM caches", row -> digest(row.getString(1)))));
    }

    void touch(CacheKey key, Instant now) {
        database.write(connection -> Sql.update(
                connection,
                "UPDATE caches SET used = max(used, ?)" + WHERE,
                now.toEpochMilli(),
                key.project(),
                trusted(key),
                key.name()));
    }

    /** Names a content and makes room for it; empty when the project is not there any more. */
    Optional<CacheEntry> put(CacheKey key, Blob blob, CacheLimits limits, Instant now) {
        return database.write(connection -> {
            boolean there = Sql.first(
                            connection,
                            "SELECT 1 FROM projects WHERE id = ? AND removed IS NULL",
                            row -> true,
                            key.project())
                    .isPresent();
            if (!there) {
                return Optional.empty();
            }
            upsert(connection, key, blob, now.toEpochMilli());
            long id = Sql.first(
                            connection,
                            "SELECT id FROM caches" + WHERE,
                            row -> row.getLong(1),
                            key.project(),
                            trusted(key),
                            key.name())
                    .orElseThrow();
            Sql.update(connection, EVICT, key.project(), id, limits.projectBytes(), limits.projectKeys());
            Sql.update(connection, EVICT, null, id, limits.bytes(), Long.MAX_VALUE);
            return find(connection, key);
        });
    }

    private static void upsert(Connection connection, CacheKey key, Blob blob, long now) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO caches (project_id, trusted, name, digest, bytes, saved, used) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (project_id, trusted, name) DO UPDATE SET
                  saved = CASE WHEN digest = excluded.digest THEN saved ELSE excluded.saved END,
                  digest = excluded.digest, bytes = excluded.bytes, used = excluded.used""",
                key.project(),
                trusted(key),
                key.name(),
                blob.digest().toString(),
                blob.bytes(),
                now,
                now);
    }

    boolean remove(long project, String name) {
        return database.write(connection ->
                Sql.update(connection, "DELETE FROM caches WHERE project_id = ? AND name = ?", project, name) > 0);
    }

    /** Forgets an entry unless it has another content by now. */
    void remove(CacheEntry entry) {
        database.write(connection -> Sql.update(
                connection,
                "DELETE FROM caches" + WHERE + " AND digest = ?",
                entry.key().project(),
                trusted(entry.key()),
                entry.key().name(),
                entry.blob().digest().toString()));
    }

    int removeAll(long project) {
        return database.write(connection -> Sql.update(connection, "DELETE FROM caches WHERE project_id = ?", project));
    }

    /** Forgets what belongs to projects that are not there any more, and what is over the limits now. */
    void tidy(CacheLimits limits) {
        database.write(connection -> {
            Sql.update(
                    connection,
                    "DELETE FROM caches WHERE project_id IN (SELECT id FROM projects WHERE removed IS NOT NULL)");
            return Sql.update(connection, EVICT, null, 0, limits.bytes(), Long.MAX_VALUE);
        });
    }

    private static Optional<CacheEntry> find(Connection connection, CacheKey key) throws SQLException {
        return Sql.first(connection, SELECT + WHERE, CacheIndex::entry, key.project(), trusted(key), key.name());
    }

    private static CacheEntry entry(ResultSet row) throws SQLException {
        CacheArea area = CacheArea.of(row.getBoolean("trusted"));
        return new CacheEntry(
                new CacheKey(row.getLong("project_id"), area, row.getString("name")),
                new Blob(digest(row.getString("digest")), row.getLong("bytes")),
                Instant.ofEpochMilli(row.getLong("saved")),
                Instant.ofEpochMilli(row.getLong("used")));
    }

    private static Digest digest(String text) {
        return Digest.parse(text).orElseThrow();
    }

    private static int trusted(CacheKey key) {
        return key.area() == CacheArea.TRUSTED ? 1 : 0;
    }
}
