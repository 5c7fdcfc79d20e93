package io.sallyport.builds.store;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.event.EventType;
import io.sallyport.builds.event.NewEvent;
import io.sallyport.builds.event.Subject;
import io.sallyport.builds.store.BuildStore.NewBuild;
import java.time.Instant;
import java.util.Optional;

/** What is told when builds and jobs go from one state to another. */
final class BuildEvents {
    private static final String STATE = "state";
    private static final String REASON = "reason";

    private BuildEvents() {}

    static NewEvent queued(long id, NewBuild build) {
        NewEvent event = NewEvent.of(EventType.BUILD_QUEUED, new Subject.OfBuild(id))
                .at(build.created())
                .by(build.submittedBy())
                .fact(STATE, BuildState.QUEUED.label())
                .fact("ref", build.request().ref())
                .fact("commit", build.request().commit());
        Optional<Long> retryOf = build.request().retryOf();
        return retryOf.isPresent() ? event.fact("retryOf", retryOf.get()) : event;
    }

    static NewEvent requeued(Build build) {
        return NewEvent.of(EventType.BUILD_REQUEUED, new Subject.OfBuild(build.id()))
                .fact(STATE, build.state().label())
                .fact(
                        "restarts",
                        build.jobs().stream()
                                .mapToInt(job -> job.course().restarts())
                                .sum());
    }

    /** Of a build that has just been marked. */
    static NewEvent canceling(Build build) {
        NewEvent event = NewEvent.of(EventType.BUILD_CANCELING, new Subject.OfBuild(build.id()))
                .fact(STATE, build.state().label())
                .fact(REASON, build.reason());
        Optional<Long> newer = build.supersededBy();
        NewEvent by = build.canceledBy().map(event::by).orElse(event);
        return newer.isPresent() ? by.fact("supersededBy", newer.get()) : by;
    }

    /** Of a build that runs now, or has ended. */
    static NewEvent moved(Build build, Instant when) {
        EventType type = build.state().ended() ? EventType.BUILD_ENDED : EventType.BUILD_STARTED;
        NewEvent event = NewEvent.of(type, new Subject.OfBuild(build.id()))
                .at(when)
                .fact(STATE, build.state().label())
                .fact(REASON, build.reason());
        return build.state() == BuildState.CANCELED
                ? build.canceledBy().map(event::by).orElse(event)
                : event;
    }

    /** Of a job that has gone to another state; empty when that is none to tell of. */
    static Optional<NewEvent> moved(long build, Job job) {
        return switch (job.state()) {
            case QUEUED -> Optional.empty();
            case MANUAL, DELAYED -> {
                NewEvent event = event(EventType.JOB_WAITING, build, job);
                yield Optional.of(
                        job.course().due().map(due -> event.fact("due", due)).orElse(event));
            }
            case RUNNING -> {
                NewEvent event = event(EventType.JOB_STARTED, build, job)
                        .fact("attempt", job.course().attempt());
                yield Optional.of(job.course().started().map(event::at).orElse(event));
            }
            case SUCCEEDED, FAILED, CANCELED, TIMEDOUT, ERRORED, SKIPPED -> Optional.of(ended(build, job));
        };
    }

    private static NewEvent ended(long build, Job job) {
        NewEvent event = event(EventType.JOB_ENDED, build, job)
                .fact("attempt", job.course().attempt())
                .fact(REASON, job.reason());
        NewEvent timed = job.course().finished().map(event::at).orElse(event);
        return job.course().exitCode().isPresent()
                ? timed.fact("exitCode", job.course().exitCode().getAsInt())
                : timed;
    }

    private static NewEvent event(EventType type, long build, Job job) {
        return NewEvent.of(type, new Subject.OfJob(build, job.name()))
                .fact(STATE, job.state().label());
    }
}
