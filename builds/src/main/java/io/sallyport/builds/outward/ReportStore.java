package io.sallyport.builds.outward;

import io.sallyport.builds.Project;
import io.sallyport.builds.event.EventLog;
import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.NewEvent;
import io.sallyport.builds.event.Subject;
import io.sallyport.builds.secret.DamagedSecretException;
import io.sallyport.builds.secret.OwnSecrets;
import io.sallyport.builds.secret.Secret;
import io.sallyport.builds.store.Schema;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The records of reports in SQLite, with their tokens, which are sealed as secrets are. What a changing method has
 * returned is on disk. May be used from any thread.
 */
final class ReportStore {
    private static final String USE = "report";

    private final Database database;
    private final EventLog events;
    private final OwnSecrets secrets;

    /** Keeps its records in a database opened with {@link Schema#MIGRATIONS}, and tells the events of the same one. */
    ReportStore(Database database, EventLog events, OwnSecrets secrets) {
        this.database = database;
        this.events = events;
        this.secrets = secrets;
    }

    List<Report> list(Project project) {
        return database.read(connection -> Sql.list(
                connection,
                ReportRow.SELECT + " AND reports.project_id = ? ORDER BY reports.name",
                ReportRow::read,
                project.id()));
    }

    /**
     * Makes a report, or replaces the one of that name, which then begins anew: what waits is tried at once.
     *
     * @param most reports of the project
     */
    ReportPut put(
            Project project,
            String name,
            ReportSettings settings,
            ReportToken token,
            String by,
            Instant now,
            int most) {
        return database.write(connection -> {
            Optional<Report> before = find(connection, project.id(), name);
            Optional<ReportPut> refusal = refusal(connection, project, before, settings, token, most);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            write(connection, project.id(), name, before, settings, secret(before, token), by, now);
            keep(connection, project.id(), name, settings, token, by);
            EventType type = before.isEmpty() ? EventType.REPORT_CREATED : EventType.REPORT_CHANGED;
            events.record(
                    connection, event(type, project.id(), project.name(), name).by(by));
            return new ReportPut.Stored(find(connection, project.id(), name).orElseThrow(), before.isEmpty());
        });
    }

    /** Removes the report of that name, with what it has not sent. False when there was none. */
    boolean remove(Project project, String name, String by) {
        return database.write(connection -> {
            boolean was =
                    Sql.update(connection, "DELETE FROM reports WHERE project_id = ? AND name = ?", project.id(), name)
                            > 0;
            if (was) {
                secrets.forget(connection, project.id(), USE, name);
                events.record(
                        connection,
                        event(EventType.REPORT_REMOVED, project.id(), project.name(), name)
                                .by(by));
            }
            return was;
        });
    }

    /** An event of a report. */
    static NewEvent event(EventType type, long project, String projectName, String name) {
        return NewEvent.of(type, new Subject.OfProject(project, projectName)).fact("report", name);
    }

    /**
     * The token of a report as it is now; empty when there is none, or the one that is kept was given for another place.
     *
     * @throws DamagedSecretException when it is not as it was written
     */
    Optional<String> token(Report report) throws DamagedSecretException {
        Optional<byte[]> value = report.secret().isPresent()
                ? secrets.open(report.projectId(), report.secret().get())
                : secrets.open(report.projectId(), USE, report.name());
        Optional<String> text = value.map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        return report.secret().isPresent()
                ? text.map(String::strip)
                : text.filter(kept -> kept.startsWith(place(report.settings().url())))
                        .map(kept ->
                                kept.substring(place(report.settings().url()).length()));
    }

    /** A token is sealed together with where it may go: who changes the record alone sends it nowhere else. */
    private static String place(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority() + "\n";
    }

    private Optional<ReportPut> refusal(
            Connection connection,
            Project project,
            Optional<Report> before,
            ReportSettings settings,
            ReportToken token,
            int most)
            throws SQLException {
        if (!isThere(connection, project)) {
            return Optional.of(new ReportPut.NoProject());
        }
        if (before.isEmpty() && count(connection, project.id()) >= most) {
            return Optional.of(new ReportPut.Full(most));
        }
        return switch (token) {
            case ReportToken.Given given -> Optional.empty();
            case ReportToken.OfSecret of ->
                hasSecret(connection, project.id(), of.name())
                        ? Optional.empty()
                        : Optional.of(new ReportPut.NoSecret(of.name()));
            case ReportToken.Unchanged same when before.isEmpty() -> Optional.of(new ReportPut.NoToken());
            case ReportToken.Unchanged same ->
                place(before.get().settings().url()).equals(place(settings.url()))
                        ? Optional.empty()
                        : Optional.of(new ReportPut.TokenOfAnotherPlace());
        };
    }

    private static Optional<String> secret(Optional<Report> before, ReportToken token) {
        return switch (token) {
            case ReportToken.Given given -> Optional.empty();
            case ReportToken.OfSecret of -> Optional.of(of.name());
            case ReportToken.Unchanged same -> before.flatMap(Report::secret);
        };
    }

    private void keep(
            Connection connection, long project, String name, ReportSettings settings, ReportToken token, String by)
            throws SQLException {
        switch (token) {
            case ReportToken.Given given -> {
                String sealed = place(settings.url()) + given.value();
                secrets.keep(connection, project, USE, name, sealed.getBytes(StandardCharsets.UTF_8), by);
            }
            case ReportToken.OfSecret of -> secrets.forget(connection, project, USE, name);
            case ReportToken.Unchanged same -> {}
        }
    }

    private static void write(
            Connection connection,
            long project,
            String name,
            Optional<Report> before,
            ReportSettings settings,
            Optional<String> secret,
            String by,
            Instant now)
            throws SQLException {
        if (before.isEmpty()) {
            Sql.update(connection, """
                    INSERT INTO reports (project_id, name, version, kind, url, states, trusted, written, written_by)
                    VALUES (?, ?, 0, '', '', '', 0, 0, '')""", project, name);
        }
        Sql.update(
                connection,
                """
                UPDATE reports SET version = version + 1, kind = ?, url = ?, repository = ?, context = ?, states = ?,
                  trusted = ?, target_url = ?, secret = ?, written = ?, written_by = ?, failures = 0, retry = NULL,
                  problem = NULL, problem_words = NULL, failed = NULL, failed_build = NULL, failed_words = NULL,
                  skipped = NULL, skipped_build = NULL, skipped_words = NULL
                WHERE project_id = ? AND name = ?""",
                settings.kind().label(),
                settings.url().toString(),
                settings.repository().orElse(null),
                settings.context().orElse(null),
                ReportRow.words(settings.states()),
                settings.trusted() ? 1 : 0,
                settings.targetUrl().orElse(null),
                secret.orElse(null),
                now.toEpochMilli(),
                by,
                project,
                name);
    }

    private static Optional<Report> find(Connection connection, long project, String name) throws SQLException {
        return Sql.first(
                connection,
                ReportRow.SELECT + " AND reports.project_id = ? AND reports.name = ?",
                ReportRow::read,
                project,
                name);
    }

    private static int count(Connection connection, long project) throws SQLException {
        return Sql.first(connection, "SELECT count(*) FROM reports WHERE project_id = ?", row -> row.getInt(1), project)
                .orElse(0);
    }

    private static boolean isThere(Connection connection, Project project) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT id FROM projects WHERE id = ? AND removed IS NULL",
                        row -> row.getLong(1),
                        project.id())
                .isPresent();
    }

    private static boolean hasSecret(Connection connection, long project, String name) throws SQLException {
        return Secret.isName(name)
                && Sql.first(
                                connection,
                                "SELECT 1 FROM secrets WHERE project_id = ? AND name = ?",
                                row -> row.getInt(1),
                                project,
                                name)
                        .isPresent();
    }
}
