package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.Content;
import io.sallyport.builds.log.BuildLog;
import io.sallyport.builds.log.LogRecords;
import io.sallyport.builds.log.LogSelection;
import io.sallyport.builds.log.LogStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** The logs of builds, for readers. Any thread. */
public final class BuildLogs {
    private final LogStore logs;

    BuildLogs(LogStore logs) {
        this.logs = logs;
    }

    /**
     * The bytes of a log, from any offset; followed, they end when the build does.
     *
     * @throws NoSuchFileException when the build has ended and has none
     */
    public Content raw(Build build, LogSelection selection, boolean follow) throws IOException {
        return ended(build).raw(selection, follow && !build.state().ended());
    }

    /**
     * The same log for people: of a build of several jobs, each line begins with the name of its job, unless only one job
     * is selected.
     *
     * @throws NoSuchFileException when the build has ended and has none
     */
    public Content readable(Build build, LogSelection selection, boolean follow) throws IOException {
        boolean one = selection.job().isPresent() || build.jobs().size() < 2;
        return one
                ? raw(build, selection, follow)
                : ended(build).labelled(selection, follow && !build.state().ended());
    }

    /**
     * The records of a log, from any offset; followed, they end when the build does.
     *
     * @throws NoSuchFileException when the build has ended and has none
     */
    public LogRecords records(Build build, LogSelection selection, long offset, boolean follow) throws IOException {
        return ended(build).records(selection, offset, follow && !build.state().ended());
    }

    /**
     * A crash between the end in the record and the end in the log leaves the latter to the next reader. The log of a
     * build that has ended is never made anew: it may have been removed.
     */
    private BuildLog ended(Build build) throws IOException {
        if (!build.state().ended()) {
            return logs.of(build.id());
        }
        BuildLog log = logs.open(build.id());
        log.endIfLeft(build.state());
        return log;
    }
}
