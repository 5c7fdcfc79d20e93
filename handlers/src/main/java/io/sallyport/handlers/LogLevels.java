package io.sallyport.handlers;

import java.util.SortedMap;

/** How much the gateway's own log says, by its parts. Implemented where the log is written. Any thread. */
public interface LogLevels {
    /** The least of what is written: that, and all that matters more. */
    enum Setting {
        /** All. */
        TRACE,
        /** What helps to find a fault. */
        DEBUG,
        /** What happens. */
        INFO,
        /** What should be looked at. */
        WARN,
        /** What has gone wrong. */
        ERROR,
        /** Nothing. */
        OFF
    }

    /** The parts that have a level of their own. Parts below one have its level. */
    SortedMap<String, Setting> levels();

    /**
     * Gives a part a level of its own until the gateway ends.
     *
     * @param logger a package or class, such as {@code io.sallyport.builds.engine}
     * @return whether that can be; only parts of this program have levels that can be set, and not endlessly many
     */
    boolean set(String logger, Setting level);

    /** Gives a part the level of what it is a part of; false when it is none of this program. */
    boolean reset(String logger);
}
