package io.sallyport.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** Opens connections with the settings that durability rests on. */
final class Connections {
    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    private Connections() {}

    static Connection writer(Path file) throws SQLException {
        SQLiteConfig config = settings();
        config.setJournalMode(JournalMode.WAL);
        config.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, "0"); // see WriteAheadLog
        return new CachingConnection(file, config);
    }

    static Connection reader(Path file) throws SQLException {
        SQLiteConfig config = settings();
        config.setReadOnly(true);
        return new CachingConnection(file, config);
    }

    private static SQLiteConfig settings() {
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.enforceForeignKeys(true);
        return config;
    }
}
