package io.sallyport.keys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.database.Database;
import io.sallyport.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Changes that wait to be told to others. Each is written in the transaction of the change itself, so a crash loses none
 * and makes none up; their numbers rise and are never given again. May be used from any thread.
 */
public final class Outbox {
    /** Part of the schema's history; never changed. */
    static final List<String> MADE = List.of("""
            CREATE TABLE outbox (
              number INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, kind TEXT NOT NULL, project TEXT,
              actor TEXT NOT NULL, facts TEXT NOT NULL) STRICT""");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;

    /** The outbox of a database that {@link KeysDatabase} has opened. */
    public Outbox(Database database) {
        this.database = database;
    }

    /**
     * A change that waits.
     *
     * @param number of it
     * @param time when it was made
     */
    public record Waiting(long number, Instant time, KeyChange change) {}

    /** Writes a change down, within the transaction that makes it. */
    static void put(Connection connection, KeyChange change) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO outbox (time, kind, project, actor, facts) VALUES (?, ?, ?, ?, ?)",
                System.currentTimeMillis(),
                change.kind().label(),
                change.project().orElse(null),
                change.by(),
                change.facts().toString());
    }

    /** Those that wait, the oldest first, at most so many. */
    public List<Waiting> waiting(int limit) {
        return database.read(connection -> Sql.list(
                connection,
                "SELECT number, time, kind, project, actor, facts FROM outbox ORDER BY number LIMIT ?",
                row -> new Waiting(
                        row.getLong(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        new KeyChange(
                                KeyChange.Kind.of(row.getString(3)),
                                Optional.ofNullable(row.getString(4)),
                                row.getString(5),
                                facts(row.getString(6)))),
                limit));
    }

    /** Forgets all up to that number: they have been told, and that is on disk. */
    public void told(long upTo) {
        database.write(connection -> Sql.update(connection, "DELETE FROM outbox WHERE number <= ?", upTo));
    }

    /** Calls back, on a thread that must not wait, after each commit: something may wait now. */
    public void onCommit(Runnable listener) {
        database.onCommit(listener);
    }

    private static ObjectNode facts(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("facts of a change are not JSON", e);
        }
    }
}
