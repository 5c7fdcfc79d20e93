package io.sallyport.builds.engine;

import io.sallyport.builds.BuildState;
import io.sallyport.builds.log.LogStore;
import io.sallyport.builds.log.LogWriter;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of a build as its engine writes it: open only while there is something to say. For one thread at a time. */
final class BuildLogbook {
    private static final Logger LOG = LoggerFactory.getLogger(BuildLogbook.class);

    private final LogStore logs;
    private final long build;
    private Optional<LogWriter> writer = Optional.empty();

    BuildLogbook(LogStore logs, long build) {
        this.logs = logs;
        this.build = build;
    }

    /**
     * Opens it unless it is open.
     *
     * @throws IOException when it cannot be written
     */
    LogWriter open() throws IOException {
        if (writer.isEmpty()) {
            writer = Optional.of(logs.of(build).writer());
        }
        return writer.get();
    }

    /** Says something of the build as a whole. That it cannot be said holds nothing up. */
    void say(String line) {
        try {
            open().system(0, line);
        } catch (IOException e) {
            LOG.error("log of build {} failed", build, e);
        }
    }

    /** Says something of a job. */
    void say(String job, String line) {
        try {
            LogWriter log = open();
            log.system(log.job(job), line);
        } catch (IOException e) {
            LOG.error("log of build {} failed", build, e);
        }
    }

    void sync() {
        try {
            open().sync();
        } catch (IOException e) {
            LOG.error("log of build {} failed", build, e);
        }
    }

    /** Ends it for good; one that cannot be ended now is ended when it is next read. */
    void end(BuildState state) {
        try {
            open().end(state);
        } catch (IOException e) {
            LOG.error("log of build {} failed", build, e);
        }
        close();
    }

    void close() {
        writer.ifPresent(LogWriter::close);
        writer = Optional.empty();
    }
}
