package io.sallyport.builds.log;

/** What {@link LogRecords} give: lines, and at last the end. */
public sealed interface LogItem permits LogRecord, LogEnd {
    /** Position in the whole log, in bytes. */
    long offset();
}
