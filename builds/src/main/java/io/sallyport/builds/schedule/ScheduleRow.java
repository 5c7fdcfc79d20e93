package io.sallyport.builds.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rows of the table of schedules, to records and back. */
final class ScheduleRow {
    /** All of them, but for those of removed projects; conditions can be added. */
    static final String SELECT = """
            SELECT schedules.*, projects.name AS project_name FROM schedules
            JOIN projects ON projects.id = schedules.project_id WHERE projects.removed IS NULL""";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> WORDS = new TypeReference<>() {};

    private ScheduleRow() {}

    static Schedule read(ResultSet row) throws SQLException {
        return new Schedule(
                row.getLong("id"),
                row.getString("project_name"),
                row.getString("name"),
                settings(row),
                row.getString("owner"),
                Instant.ofEpochMilli(row.getLong("written")),
                time(row, "due"),
                note(row, "paused"),
                last(row),
                note(row, "problem"));
    }

    static String words(SortedMap<String, String> words) {
        try {
            return JSON.writeValueAsString(words);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is always JSON", e);
        }
    }

    private static ScheduleSettings settings(ResultSet row) throws SQLException {
        return new ScheduleSettings(
                cron(row.getString("cron"), row.getString("timezone")),
                Optional.ofNullable(row.getString("ref")),
                words(row.getString("variables")),
                Optional.ofNullable(row.getString("spec")),
                SourceOf.parse(row.getString("source_of")).orElseThrow(),
                row.getInt("enabled") != 0);
    }

    private static Cron cron(String text, String zone) {
        return switch (Cron.read(text, zone)) {
            case CronReading.Understood understood -> understood.cron();
            case CronReading.Misunderstood wrong ->
                throw new IllegalStateException("a recorded schedule is refused: " + wrong.words());
        };
    }

    private static SortedMap<String, String> words(String json) {
        try {
            return JSON.readValue(json, WORDS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the variables of a schedule are not JSON", e);
        }
    }

    private static Optional<Schedule.Made> last(ResultSet row) throws SQLException {
        long build = row.getLong("last_build");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new Schedule.Made(build, Instant.ofEpochMilli(row.getLong("last_due"))));
    }

    private static Optional<Schedule.Note> note(ResultSet row, String name) throws SQLException {
        String words = row.getString(name + "_words");
        return time(row, name).map(at -> new Schedule.Note(at, words));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
