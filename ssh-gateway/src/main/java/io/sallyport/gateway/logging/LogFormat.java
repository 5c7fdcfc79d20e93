package io.sallyport.gateway.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.Iterator;
import org.slf4j.LoggerFactory;

/** How the lines of the gateway's own log look. */
public enum LogFormat {
    /** Lines for people, as {@code logback.xml} has them. */
    TEXT,
    /** A JSON object a line, for collectors: see {@link JsonLines}. */
    JSON;

    /** Writes lines so from now on. */
    public void use() {
        if (this == JSON && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            JsonLines lines = new JsonLines();
            lines.setContext(context);
            lines.start();
            Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
                if (all.next() instanceof OutputStreamAppender<ILoggingEvent> stream) {
                    stream.setEncoder(lines);
                }
            }
        }
    }
}
