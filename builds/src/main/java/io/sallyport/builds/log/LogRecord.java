package io.sallyport.builds.log;

import java.time.Instant;

/**
 * A line of a log, or a piece of one: see {@link LogRecords}.
 *
 * @param offset of its first byte in the whole log
 * @param bytes how many of the log's bytes it stands for; reading goes on at {@code offset + bytes}
 * @param time when its first byte was written, within 10 ms
 * @param job the job's name; empty for a line of the build as a whole
 * @param stream whose bytes they are
 * @param text with its newline if there is one; U+FFFD for what is not UTF-8
 */
public record LogRecord(long offset, int bytes, Instant time, String job, Stream stream, String text)
        implements LogItem {}
