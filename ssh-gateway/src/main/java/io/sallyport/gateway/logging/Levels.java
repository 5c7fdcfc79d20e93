package io.sallyport.gateway.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.sallyport.handlers.LogLevels;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/** Levels of the gateway's own loggers. Those of libraries are not to be changed: their finest lines show what is sent. */
public final class Levels implements LogLevels {
    private static final String OURS = "io.sallyport";
    private static final int MOST = 100;

    private final LoggerContext context;

    /** Of this program's log. */
    public Levels() {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext logback)) {
            throw new IllegalStateException("the log is written by something else");
        }
        this.context = logback;
    }

    @Override
    public SortedMap<String, Setting> levels() {
        SortedMap<String, Setting> levels = new TreeMap<>();
        for (Logger logger : context.getLoggerList()) {
            Level level = logger.getLevel();
            if (level != null && isOurs(logger.getName())) {
                levels.put(logger.getName(), setting(level));
            }
        }
        levels.putIfAbsent(OURS, setting(context.getLogger(OURS).getEffectiveLevel()));
        return Collections.unmodifiableSortedMap(levels);
    }

    @Override
    public synchronized boolean set(String logger, Setting level) {
        if (!isOurs(logger) || levels().size() >= MOST) {
            return false;
        }
        context.getLogger(logger).setLevel(Level.valueOf(level.name()));
        return true;
    }

    @Override
    public synchronized boolean reset(String logger) {
        if (!isOurs(logger)) {
            return false;
        }
        context.getLogger(logger).setLevel(null);
        return true;
    }

    private static boolean isOurs(String logger) {
        return logger.equals(OURS) || logger.matches("io\\.sallyport(\\.[A-Za-z0-9_$]{1,64}){1,12}");
    }

    private static Setting setting(Level level) {
        return Setting.valueOf(level.toString().toUpperCase(Locale.ROOT));
    }
}
