package io.sallyport.database;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import org.sqlite.SQLiteConfig;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * A connection that keeps statements for their next use: to compile one takes SQLite longer than to run it. Those used
 * longest ago are dropped. For one thread at a time, as every connection here.
 */
final class CachingConnection extends JDBC4Connection {
    /** More than there are texts in the program, but for those of rare combinations of filters. */
    private static final int KEPT = 100;

    private final LinkedHashMap<String, PreparedStatement> idle = new LinkedHashMap<>();

    CachingConnection(Path file, SQLiteConfig config) throws SQLException {
        super("jdbc:sqlite:" + file, file.toString(), config.toProperties());
    }

    /** A statement of that text, which is the caller's alone until it is given back or closed. */
    PreparedStatement take(String text) throws SQLException {
        PreparedStatement kept = idle.remove(text);
        return kept == null ? prepareStatement(text) : kept;
    }

    /** Keeps a statement whose results have been closed. */
    void giveBack(String text, PreparedStatement statement) throws SQLException {
        statement.clearParameters();
        PreparedStatement other = idle.put(text, statement);
        if (other != null) {
            other.close();
        } else if (idle.size() > KEPT) {
            idle.pollFirstEntry().getValue().close();
        }
    }
}
