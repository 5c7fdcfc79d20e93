package io.sallyport.builds;

import io.sallyport.builds.plan.Flow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A job of a build as its record has it.
 *
 * @param name unique within its build
 * @param stage it belongs to
 * @param terms what its plan says of it
 * @param state where it is in its life
 * @param reason why it is in that state, where there is more to say
 * @param course how it has gone so far
 * @param findings what was read from its output and files
 */
public record Job(
        String name,
        String stage,
        Terms terms,
        JobState state,
        Optional<String> reason,
        Course course,
        Findings findings) {
    /**
     * What the plan says of a job, as far as it decides what follows.
     *
     * @param when it runs
     * @param needs the jobs it waits for; empty when it waits for the stages before its own
     * @param allowFailure whether its failure is none of the build: as planned, or because of the exit code it had
     * @param interruptible whether a newer build may cancel it
     * @param resourceGroup only one job of that name runs at a time in a project
     * @param image it asks for
     */
    public record Terms(
            Flow.When when,
            Optional<List<String>> needs,
            boolean allowFailure,
            boolean interruptible,
            Optional<String> resourceGroup,
            Optional<String> image) {
        /** Keeps the list from changing. */
        public Terms {
            needs = needs.map(List::copyOf);
        }

        /** After the stages before, and its failure is the build's. */
        public static final Terms USUAL =
                new Terms(Flow.When.ON_SUCCESS, Optional.empty(), false, false, Optional.empty(), Optional.empty());

        Terms allowingFailure() {
            return new Terms(when, needs, true, interruptible, resourceGroup, image);
        }

        Terms in(Optional<String> exact) {
            return new Terms(when, needs, allowFailure, interruptible, resourceGroup, exact);
        }

        Terms withoutImage() {
            return new Terms(when, needs, allowFailure, interruptible, resourceGroup, Optional.empty());
        }
    }

    /**
     * How a job has gone.
     *
     * @param attempt from 1, rising with each start; 0 before the first
     * @param restarts how often it was cut off by a crash of its gateway
     * @param failures attempts that failed and were followed by another one
     * @param executor it runs or ran on
     * @param node of the executor, where it has several
     * @param due when a delayed job starts by itself, or the wait for somebody who starts a manual one is over
     * @param startedBy the identity that started it, when that took somebody
     * @param started when its last attempt began
     * @param finished when it ended
     * @param exitCode of its script, once it has ended by itself
     * @param takenFrom the build that ran it, when its success was taken over from an earlier build
     */
    public record Course(
            int attempt,
            int restarts,
            int failures,
            Optional<String> executor,
            Optional<String> node,
            Optional<Instant> due,
            Optional<String> startedBy,
            Optional<Instant> started,
            Optional<Instant> finished,
            OptionalInt exitCode,
            OptionalLong takenFrom) {
        /** Not begun. */
        public static final Course NONE = new Course(
                0,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalLong.empty());

        /** As taken over from the build that ran it. */
        Course from(long build) {
            OptionalLong source = takenFrom.isPresent() ? takenFrom : OptionalLong.of(build);
            return new Course(
                    attempt, restarts, failures, executor, node, due, startedBy, started, finished, exitCode, source);
        }

        private Course on(Optional<String> where) {
            return new Course(
                    attempt, restarts, failures, executor, where, due, startedBy, started, finished, exitCode,
                    takenFrom);
        }

        private Course ended(OptionalInt code, Instant when) {
            return new Course(
                    attempt,
                    restarts,
                    failures,
                    executor,
                    node,
                    due,
                    startedBy,
                    started,
                    Optional.of(when),
                    code,
                    takenFrom);
        }

        private Course waiting(Optional<Instant> until, Optional<String> who) {
            return new Course(
                    attempt, restarts, failures, executor, node, until, who, started, finished, exitCode, takenFrom);
        }

        private Course counting(int crashes, int failed) {
            return new Course(
                    attempt,
                    restarts + crashes,
                    failures + failed,
                    executor,
                    node,
                    due,
                    startedBy,
                    started,
                    finished,
                    exitCode,
                    takenFrom);
        }

        private Course begun(String on, Instant when) {
            return new Course(
                    attempt + 1,
                    restarts,
                    failures,
                    Optional.of(on),
                    Optional.empty(),
                    due,
                    startedBy,
                    Optional.of(when),
                    Optional.empty(),
                    OptionalInt.empty(),
                    takenFrom);
        }
    }

    /**
     * What was read from a job's output and files.
     *
     * @param coverage of its tests, in percent as its log says
     * @param tests that its reports tell of
     */
    public record Findings(OptionalDouble coverage, Optional<TestCounts> tests) {
        /** Nothing. */
        public static final Findings NONE = new Findings(OptionalDouble.empty(), Optional.empty());
    }

    /** A job that waits. */
    public static Job queued(String name, String stage, Terms terms) {
        return new Job(name, stage, terms, JobState.QUEUED, Optional.empty(), Course.NONE, Findings.NONE);
    }

    /** Whether it has left the wait for somebody or for a time, and now waits for a place like any other. */
    public boolean wasReleased() {
        return state == JobState.QUEUED && course.due().isPresent();
    }

    /** The same job, waiting for somebody who starts it, but no longer than until then. */
    public Job manual(Instant until) {
        return with(JobState.MANUAL, Optional.empty(), course.waiting(Optional.of(until), Optional.empty()));
    }

    /** The same job, waiting for a time. */
    public Job delayed(Instant due) {
        return with(JobState.DELAYED, Optional.empty(), course.waiting(Optional.of(due), Optional.empty()));
    }

    /** The same job, on somebody's word or because its time has come, waiting for a place. */
    public Job release(Optional<String> by) {
        return with(JobState.QUEUED, Optional.empty(), course.waiting(course.due(), by));
    }

    /** The same job, waiting for another attempt after one that failed. */
    public Job again(String why) {
        return with(JobState.QUEUED, Optional.of(why), course.counting(0, 1));
    }

    /** The same job, waiting for another attempt because its gateway has ended; {@code crash} when that was one. */
    public Job cutOff(boolean crash) {
        return with(
                JobState.QUEUED, Optional.of("the gateway went down while it ran"), course.counting(crash ? 1 : 0, 0));
    }

    /** The same job with a place on an executor, which may not use the image that is asked for. */
    public Job running(String executor, boolean usesImages, Instant when) {
        Terms kept = usesImages ? terms : terms.withoutImage();
        return new Job(name, stage, kept, JobState.RUNNING, Optional.empty(), course.begun(executor, when), findings);
    }

    /** The same job in exactly that image, where it ran in any. */
    public Job in(Optional<String> image) {
        return new Job(name, stage, image.isEmpty() ? terms : terms.in(image), state, reason, course, findings);
    }

    /** The same job on that node, where there are several. */
    public Job on(Optional<String> node) {
        return new Job(name, stage, terms, state, reason, node.isEmpty() ? course : course.on(node), findings);
    }

    /** The same job, over. */
    public Job ended(JobState how, Optional<String> why, OptionalInt exitCode, Instant when) {
        return with(how, why, course.ended(exitCode, when));
    }

    /** The same job, over without having begun. */
    public Job dropped(JobState how, Optional<String> why, Instant when) {
        return ended(how, why, course.exitCode(), when);
    }

    /** The same job, whose failure turns out to be allowed. */
    public Job allowedToFail() {
        return new Job(name, stage, terms.allowingFailure(), state, reason, course, findings);
    }

    /** The same job with what was found. */
    public Job finding(Findings found) {
        return new Job(name, stage, terms, state, reason, course, found);
    }

    /** The same job as part of a build that takes its success over from another one. */
    public Job takenOver(long build) {
        Course from = course.from(build);
        return with(
                state, Optional.of("taken over from build " + from.takenFrom().orElse(build)), from);
    }

    private Job with(JobState next, Optional<String> why, Course how) {
        return new Job(name, stage, terms, next, why, how, findings);
    }
}
