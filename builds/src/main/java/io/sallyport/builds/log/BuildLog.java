package io.sallyport.builds.log;

import io.sallyport.builds.BuildState;
import io.sallyport.builds.Content;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * The log of one build: a sequence of bytes that only grows. An offset is a byte position of the whole log, whatever is
 * selected of it, and stays valid for ever. This is a name for the log and holds nothing open. All methods may be called
 * from any thread; all throw {@link NoSuchFileException} when the log has been deleted.
 */
public final class BuildLog {
    private final LogStore.Parts parts;
    private final long build;

    BuildLog(LogStore.Parts parts, long build) {
        this.parts = parts;
        this.build = build;
    }

    /** Number of the build. */
    public long build() {
        return build;
    }

    /** Length so far, in bytes. */
    public long size() throws IOException {
        return extent().bytes();
    }

    /** How the build ended; empty while the log can still grow. */
    public Optional<BuildState> end() throws IOException {
        return extent().end();
    }

    /** Whether it has become so long that of what is printed now only the last will be kept, and shown when it ends. */
    public boolean isCut() {
        return Tail.exists(parts.logs().files(build));
    }

    private Extent extent() throws IOException {
        OpenLog log = parts.logs().acquire(build);
        try {
            return log.written();
        } finally {
            parts.logs().release(log);
        }
    }

    /**
     * The bytes of a selection. Offsets of the content are positions of the whole log.
     *
     * @param follow whether channels wait at the end for what comes, until the log has ended; otherwise the content is
     *     what there is at the moment of this call. Its size is known when nothing more can come; that of a selection is
     *     added up from the index at each call, with {@link java.io.UncheckedIOException} when that fails. A follower that is interrupted or closed while it waits leaves by an exception, as does one that can get
     *     no more because the log was deleted or the store closed
     */
    public Content raw(LogSelection selection, boolean follow) throws IOException {
        return content(selection, false, follow);
    }

    /**
     * The same bytes for people, with {@code NAME | } before each line that is a job's. A job that comes in the middle of
     * another's line begins one of its own, and so does the other when it goes on. Offsets are those of the log, which has
     * none of that; the size is never known.
     *
     * @param follow as in {@link #raw}
     */
    public Content labelled(LogSelection selection, boolean follow) throws IOException {
        return content(selection, true, follow);
    }

    private Content content(LogSelection selection, boolean labelled, boolean follow) throws IOException {
        Extent extent = extent();
        boolean fixed = !follow || extent.ended();
        return new LogContent(parts.logs(), build, selection, labelled, fixed ? Optional.of(extent) : Optional.empty());
    }

    /**
     * The lines of a selection, from an offset on.
     *
     * @param offset a position of the whole log, from 0; in the middle of a line, the record is the rest of it
     * @param follow as in {@link #raw}
     */
    public LogRecords records(LogSelection selection, long offset, boolean follow) throws IOException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset);
        }
        Optional<Extent> upTo = follow ? Optional.empty() : Optional.of(extent());
        return new LogRecords(Reading.open(parts.logs(), build, upTo), selection, offset);
    }

    /**
     * Begins or goes on to write.
     *
     * @throws IllegalStateException when the log has ended, or is being written
     */
    public LogWriter writer() throws IOException {
        return tryWriter()
                .orElseThrow(() ->
                        new IllegalStateException("the log of build " + build + " has ended or is being written"));
    }

    /**
     * Ends a log that nobody writes any more: a crash came between the end of the build and that of its log. Does nothing
     * when the log has ended, or is being written.
     *
     * @param state how the build ended
     */
    public void endIfLeft(BuildState state) throws IOException {
        Optional<LogWriter> writer = tryWriter();
        if (writer.isPresent()) {
            try (LogWriter left = writer.get()) {
                left.end(state);
            }
        }
    }

    private Optional<LogWriter> tryWriter() throws IOException {
        OpenLog log = parts.logs().acquire(build);
        if (!log.takeWriting()) {
            parts.logs().release(log);
            return Optional.empty();
        }
        boolean begun = false;
        try {
            if (log.written().ended()) { // known for sure only now that there is no other writer
                return Optional.empty();
            }
            LogWriter writer = new LogWriter(parts, log);
            begun = true;
            return Optional.of(writer);
        } finally {
            if (!begun) {
                log.leaveWriting();
                parts.logs().release(log);
            }
        }
    }
}
