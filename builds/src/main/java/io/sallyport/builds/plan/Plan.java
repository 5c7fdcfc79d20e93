package io.sallyport.builds.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a spec asks for, resolved: nothing is left to look up but what is known only when a job starts (the values of
 * its variables).
 *
 * @param name of the builds, when the spec names them
 * @param stages in their order; those that have a job
 * @param jobs in the order in which they are shown: by stage, then as written; at least one; no name twice
 * @param leftOut jobs of the spec that are not part of this build
 * @param notices what the reader of the spec and of the log should know
 * @param autoCancel which builds a newer one of the same ref makes superfluous
 */
public record Plan(
        Optional<String> name,
        List<String> stages,
        List<JobSpec> jobs,
        List<LeftOut> leftOut,
        List<Notice> notices,
        AutoCancel autoCancel) {
    /** What is done when nothing was ever planned: nothing. */
    public static final Plan EMPTY =
            new Plan(Optional.empty(), List.of(), List.of(), List.of(), List.of(), AutoCancel.NONE);

    /** Keeps the lists from changing. */
    public Plan {
        stages = List.copyOf(stages);
        jobs = List.copyOf(jobs);
        leftOut = List.copyOf(leftOut);
        notices = List.copyOf(notices);
    }

    /** The same with more notices, after those that there are. */
    public Plan noting(List<Notice> more) {
        return new Plan(
                name,
                stages,
                jobs,
                leftOut,
                Stream.concat(notices.stream(), more.stream()).toList(),
                autoCancel);
    }

    /**
     * A job that is not part of the build.
     *
     * @param job its name
     * @param stage it would belong to
     * @param why in words
     */
    public record LeftOut(String job, String stage, String why) {}

    /**
     * Something that changes nothing about whether the build can run.
     *
     * @param job it concerns; empty for the whole
     * @param file of the spec it stands in, or another one of the source
     * @param line from 1
     * @param column from 1
     * @param text in words
     */
    public record Notice(Optional<String> job, String file, int line, int column, String text) {
        /** In one line, its place first. */
        public String said() {
            return file + ":" + line + ":" + column + ": "
                    + job.map(name -> name + ": ").orElse("") + text;
        }
    }

    /** {@code workflow: auto_cancel: on_new_commit}. */
    public enum AutoCancel {
        /** Cancel when no job that cannot be interrupted has started; GitLab's default. */
        CONSERVATIVE,
        /** Cancel the jobs that can be interrupted. */
        INTERRUPTIBLE,
        /** Cancel nothing. */
        NONE
    }
}
