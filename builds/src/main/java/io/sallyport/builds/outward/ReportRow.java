package io.sallyport.builds.outward;

import io.sallyport.builds.BuildState;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows of the table of reports, to records and back. */
final class ReportRow {
    /** All of them, but for those of removed projects; conditions can be added. */
    static final String SELECT = """
            SELECT reports.*, projects.name AS project_name,
              (SELECT count(*) FROM deliveries WHERE report_id = reports.id) AS waiting
            FROM reports JOIN projects ON projects.id = reports.project_id WHERE projects.removed IS NULL""";

    private ReportRow() {}

    static Report read(ResultSet row) throws SQLException {
        return new Report(
                row.getLong("id"),
                row.getLong("project_id"),
                row.getString("project_name"),
                row.getString("name"),
                row.getLong("version"),
                settings(row),
                Optional.ofNullable(row.getString("secret")),
                Instant.ofEpochMilli(row.getLong("written")),
                row.getString("written_by"),
                row.getInt("waiting"),
                new Report.Course(
                        row.getInt("failures"),
                        time(row, "retry"),
                        time(row, "problem").isEmpty()
                                ? Optional.empty()
                                : Optional.of(new Report.Note(
                                        time(row, "problem").get(),
                                        OptionalLong.empty(),
                                        row.getString("problem_words"))),
                        note(row, "sent"),
                        note(row, "failed"),
                        note(row, "skipped")));
    }

    static String words(Set<BuildState> states) {
        return states.stream().map(BuildState::label).collect(Collectors.joining(","));
    }

    private static ReportSettings settings(ResultSet row) throws SQLException {
        return new ReportSettings(
                ReportKind.parse(row.getString("kind")).orElseThrow(),
                URI.create(row.getString("url")),
                Optional.ofNullable(row.getString("repository")),
                Optional.ofNullable(row.getString("context")),
                states(row.getString("states")),
                row.getInt("trusted") != 0,
                Optional.ofNullable(row.getString("target_url")));
    }

    private static Set<BuildState> states(String words) {
        return Arrays.stream(words.split(","))
                .map(label -> BuildState.parse(label).orElseThrow())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(BuildState.class)));
    }

    private static Optional<Report.Note> note(ResultSet row, String name) throws SQLException {
        Optional<Instant> at = time(row, name);
        return at.isEmpty()
                ? Optional.empty()
                : Optional.of(new Report.Note(
                        at.get(), OptionalLong.of(row.getLong(name + "_build")), row.getString(name + "_words")));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(value));
    }
}
