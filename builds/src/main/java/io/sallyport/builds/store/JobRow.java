package io.sallyport.builds.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import io.sallyport.builds.TestCounts;
import io.sallyport.builds.plan.Flow;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Rows of the table of jobs, to records and back. */
final class JobRow {
    /** Not its variables: those are of no interest to who looks at a build. */
    static final String SELECT = """
            SELECT name, stage, state, reason, runs, needs, allow_failure, interruptible, resource_group, image, attempt,
              restarts, failures, executor, node, due, started_by, started, finished, exit_code, taken_from, coverage, tests
            FROM jobs
            """;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

    private JobRow() {}

    /** The current row. */
    static Job read(ResultSet row) throws SQLException {
        return new Job(
                row.getString("name"),
                row.getString("stage"),
                terms(row),
                state(row.getString("state")),
                BuildRow.text(row, "reason"),
                course(row),
                new Job.Findings(coverage(row), BuildRow.text(row, "tests").map(text -> json(text, TestCounts.class))));
    }

    /** A new row. */
    static void insert(Connection connection, long build, int place, Job job) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO jobs (build_id, place, name, stage, runs, needs, interruptible, resource_group, state,
                  allow_failure, reason, exit_code, attempt, restarts, failures, executor, node, image, due, started_by,
                  started, finished, taken_from, coverage, tests)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                all(
                        List.of(build, place, job.name(), job.stage()),
                        Arrays.asList(
                                job.terms().when().name().toLowerCase(Locale.ROOT),
                                job.terms().needs().map(JobRow::json).orElse(null),
                                job.terms().interruptible() ? 1 : 0,
                                job.terms().resourceGroup().orElse(null),
                                job.state().label()),
                        changing(job)));
    }

    /**
     * Takes the job at that place of its build's plan to the state of the record.
     *
     * @throws IllegalStateException when the step is not allowed from the state it is in: a bug
     */
    static void update(Connection connection, long build, int place, Job job) throws SQLException {
        List<Object> before = new ArrayList<>();
        for (JobState state : JobState.values()) {
            if (state.canBecome(job.state())) {
                before.add(state.label());
            }
        }
        int changed = Sql.update(
                connection,
                """
                UPDATE jobs SET state = ?, allow_failure = ?, reason = ?, exit_code = ?, attempt = ?, restarts = ?,
                  failures = ?, executor = ?, node = ?, image = ?, due = ?, started_by = ?, started = ?, finished = ?, taken_from = ?,
                  coverage = ?, tests = ?
                WHERE build_id = ? AND place = ? AND name = ? AND state IN (?, ?, ?, ?)""",
                all(
                        List.of(job.state().label()),
                        changing(job),
                        List.of(build, place, job.name()),
                        Arrays.asList(Arrays.copyOf(before.toArray(), 4))));
        if (changed != 1) {
            throw new IllegalStateException("job " + job.name() + " of build " + build + " cannot become "
                    + job.state().label());
        }
    }

    /** Whether the step is that of a job which was cut off by the end of its gateway, not by its own. */
    static boolean isCutOff(Connection connection, long build, int place, Job job) throws SQLException {
        return job.state() == JobState.QUEUED
                && Sql.first(
                                connection,
                                "SELECT 1 FROM jobs WHERE build_id = ? AND place = ? AND state = ? AND failures = ?",
                                row -> true,
                                build,
                                place,
                                JobState.RUNNING.label(),
                                job.course().failures())
                        .isPresent();
    }

    private static List<@Nullable Object> changing(Job job) {
        Job.Course course = job.course();
        return Arrays.asList(
                job.terms().allowFailure() ? 1 : 0,
                job.reason().orElse(null),
                course.exitCode().isPresent() ? course.exitCode().getAsInt() : null,
                course.attempt(),
                course.restarts(),
                course.failures(),
                course.executor().orElse(null),
                course.node().orElse(null),
                job.terms().image().orElse(null),
                BuildRow.millis(course.due()),
                course.startedBy().orElse(null),
                BuildRow.millis(course.started()),
                BuildRow.millis(course.finished()),
                course.takenFrom().isPresent() ? course.takenFrom().getAsLong() : null,
                job.findings().coverage().isPresent()
                        ? job.findings().coverage().getAsDouble()
                        : null,
                job.findings().tests().map(JobRow::json).orElse(null));
    }

    private static @Nullable Object[] all(List<? extends @Nullable Object>... parts) {
        return Arrays.stream(parts).flatMap(List::stream).toArray();
    }

    private static Job.Terms terms(ResultSet row) throws SQLException {
        return new Job.Terms(
                Flow.When.valueOf(row.getString("runs").toUpperCase(Locale.ROOT)),
                BuildRow.text(row, "needs").map(JobRow::names),
                row.getInt("allow_failure") != 0,
                row.getInt("interruptible") != 0,
                BuildRow.text(row, "resource_group"),
                BuildRow.text(row, "image"));
    }

    private static Job.Course course(ResultSet row) throws SQLException {
        int code = row.getInt("exit_code");
        OptionalInt exitCode = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(code);
        long from = row.getLong("taken_from");
        OptionalLong takenFrom = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(from);
        return new Job.Course(
                row.getInt("attempt"),
                row.getInt("restarts"),
                row.getInt("failures"),
                BuildRow.text(row, "executor"),
                BuildRow.text(row, "node"),
                BuildRow.time(row, "due"),
                BuildRow.text(row, "started_by"),
                BuildRow.time(row, "started"),
                BuildRow.time(row, "finished"),
                exitCode,
                takenFrom);
    }

    private static OptionalDouble coverage(ResultSet row) throws SQLException {
        double coverage = row.getDouble("coverage");
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(coverage);
    }

    private static JobState state(String label) {
        return JobState.parse(label).orElseThrow(() -> new IllegalStateException("unknown state " + label));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is recorded of a job is always JSON", e);
        }
    }

    private static <T> T json(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is recorded of a job is not JSON", e);
        }
    }

    private static List<String> names(String text) {
        try {
            return JSON.readValue(text, NAMES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the needs of a job are not JSON", e);
        }
    }
}
