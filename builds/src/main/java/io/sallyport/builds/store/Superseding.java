package io.sallyport.builds.store;

import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.GitRef;
import io.sallyport.builds.plan.Plan;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which older builds a new one supersedes: unfinished ones of the same project and ref. With a key of the submitter's,
 * those with the same key. Without, those whose plan lets jobs be interrupted, in the way that plan says, when its own
 * does, too. A build that repeats another one supersedes none.
 */
final class Superseding {
    private Superseding() {}

    /** An older build that is a candidate. */
    private record Candidate(
            long id, String submittedBy, Optional<String> ref, Optional<String> commit, Optional<String> autoCancel) {
        static Candidate read(ResultSet row) throws SQLException {
            return new Candidate(
                    row.getLong("id"),
                    row.getString("submitted_by"),
                    BuildRow.text(row, "ref"),
                    BuildRow.text(row, "commit_id"),
                    BuildRow.text(row, "auto_cancel"));
        }
    }

    /** How a plan lets builds of it be superseded without a key, as recorded; null when it does not. */
    static @Nullable String autoCancel(Plan plan) {
        boolean none = plan.autoCancel() == Plan.AutoCancel.NONE
                || plan.jobs().stream().noneMatch(job -> job.flow().interruptible());
        return none ? null : plan.autoCancel().name().toLowerCase(Locale.ROOT);
    }

    /** Records what the new build supersedes. */
    static List<BuildStore.Superseded> by(Connection connection, long id, BuildStore.NewBuild build)
            throws SQLException {
        List<BuildStore.Superseded> superseded = new ArrayList<>();
        for (Candidate older : candidates(connection, id, build)) {
            if (build.supersedable().test(new BuildStore.Older(older.submittedBy(), older.ref()))) {
                boolean whole = build.request().supersede().isPresent() || isConservative(older);
                if (!whole || build.request().supersede().isPresent() || !hasBegunForGood(connection, older)) {
                    mark(connection, older, id, build.submittedBy(), whole);
                    superseded.add(new BuildStore.Superseded(older.id(), whole));
                }
            }
        }
        return superseded;
    }

    private static List<Candidate> candidates(Connection connection, long id, BuildStore.NewBuild build)
            throws SQLException {
        BuildRequest request = build.request();
        boolean keyed = request.supersede().isPresent();
        boolean auto = request.ref().isPresent() && autoCancel(build.plan()) != null;
        if (request.retryOf().isPresent() || (!keyed && !auto)) {
            return List.of();
        }
        return Sql.list(
                        connection,
                        """
                        SELECT id, submitted_by, ref, commit_id, auto_cancel FROM builds
                        WHERE finished IS NULL AND project_id = ? AND id < ? AND canceled_by IS NULL
                          AND superseded_by IS NULL AND supersede IS ?""",
                        Candidate::read,
                        build.project().id(),
                        id,
                        request.supersede().orElse(null))
                .stream()
                .filter(older -> parsed(older.ref()).equals(parsed(request.ref())))
                .filter(older -> keyed || (older.autoCancel().isPresent() && !isSame(older.commit(), request.commit())))
                .toList();
    }

    private static boolean isConservative(Candidate older) {
        return older.autoCancel()
                .equals(Optional.of(Plan.AutoCancel.CONSERVATIVE.name().toLowerCase(Locale.ROOT)));
    }

    private static boolean hasBegunForGood(Connection connection, Candidate older) throws SQLException {
        return Sql.first(connection, """
                        SELECT 1 FROM jobs WHERE build_id = ? AND interruptible = 0 AND started IS NOT NULL
                          AND taken_from IS NULL LIMIT 1""", row -> true, older.id()).isPresent();
    }

    private static void mark(Connection connection, Candidate older, long by, String submitter, boolean whole)
            throws SQLException {
        Sql.update(connection, "UPDATE builds SET superseded_by = ? WHERE id = ?", by, older.id());
        if (whole) {
            Sql.update(
                    connection,
                    "UPDATE builds SET canceled_by = ?, reason = ? WHERE id = ?",
                    submitter,
                    "superseded by build " + by,
                    older.id());
        }
    }

    private static boolean isSame(Optional<String> commit, Optional<String> other) {
        return commit.isPresent() && commit.equals(other);
    }

    private static Optional<GitRef> parsed(Optional<String> ref) {
        return ref.map(GitRef::parse);
    }
}
