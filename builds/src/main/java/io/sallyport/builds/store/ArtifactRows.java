package io.sallyport.builds.store;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Rows of the table of artifacts. */
final class ArtifactRows {
    private static final String SELECT = "SELECT path, place, job, digest, bytes, executable FROM artifacts ";

    private ArtifactRows() {}

    static void put(Connection connection, long build, int place, BuildStore.Left left) throws SQLException {
        Sql.update(connection, "DELETE FROM artifacts WHERE build_id = ? AND place = ?", build, place);
        for (Artifact artifact : left.artifacts()) {
            Sql.update(
                    connection,
                    """
                    INSERT INTO artifacts (build_id, path, place, job, digest, bytes, executable, expire_in)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                    build,
                    artifact.path(),
                    place,
                    artifact.job(),
                    artifact.blob().digest().toString(),
                    artifact.blob().bytes(),
                    artifact.executable() ? 1 : 0,
                    left.expireIn().map(Duration::toSeconds).orElse(null));
        }
    }

    /** Lets a job have left what the job of the same name of another build has left. */
    static void copy(Connection connection, long from, long build, int place, String job) throws SQLException {
        Sql.update(connection, """
                INSERT INTO artifacts (build_id, path, place, job, digest, bytes, executable, expire_in)
                SELECT ?, path, ?, job, digest, bytes, executable, expire_in FROM artifacts WHERE build_id = ? AND job = ?""", build, place, from, job);
    }

    static List<Artifact> all(Connection connection, long build) throws SQLException {
        return Sql.list(connection, SELECT + "WHERE build_id = ? ORDER BY path, place DESC", ArtifactRows::read, build);
    }

    static Optional<Artifact> ofJob(Connection connection, long build, String job, String path) throws SQLException {
        return Sql.first(
                connection,
                SELECT + "WHERE build_id = ? AND path = ? AND job = ?",
                ArtifactRows::read,
                build,
                path,
                job);
    }

    /** That of the last job, unless a later one has left something that cannot be in the same tree. */
    static Optional<Artifact> visible(Connection connection, long build, String path) throws SQLException {
        Optional<Placed> last = Sql.first(
                connection,
                SELECT + "WHERE build_id = ? AND path = ? ORDER BY place DESC LIMIT 1",
                row -> new Placed(row.getInt("place"), read(row)),
                build,
                path);
        return last.isPresent() && !isHidden(connection, build, path, last.get().place())
                ? Optional.of(last.get().artifact())
                : Optional.empty();
    }

    private record Placed(int place, Artifact artifact) {}

    private static boolean isHidden(Connection connection, long build, String path, int place) throws SQLException {
        List<String> above = VisibleArtifacts.above(path);
        List<Object> arguments = new ArrayList<>(List.of(build, place, path + "/", path + "0")); // 0 follows the slash
        arguments.addAll(above);
        return Sql.first(
                        connection,
                        "SELECT 1 FROM artifacts WHERE build_id = ? AND place > ? AND (path > ? AND path < ? OR path IN ("
                                + String.join(",", Collections.nCopies(above.size(), "?")) + ")) LIMIT 1",
                        row -> true,
                        arguments.toArray())
                .isPresent();
    }

    private static Artifact read(ResultSet row) throws SQLException {
        Digest digest = Digest.parse(row.getString("digest")).orElseThrow();
        return new Artifact(
                row.getString("path"),
                new Blob(digest, row.getLong("bytes")),
                row.getString("job"),
                row.getInt("executable") != 0);
    }
}
