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
                .fact("restarts", build.restarts());
    }

    static NewEvent canceling(Build build, String by, Optional<String> reason) {
        return NewEvent.of(EventType.BUILD_CANCELING, new Subject.OfBuild(build.id()))
                .by(by)
                .fact(STATE, build.state().label())
                .fact(REASON, reason);
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

    /** Of a job whose record is replaced by another; empty when that is not another state or attempt. */
    static Optional<NewEvent> moved(long build, Job before, Job after) {
        boolean same = before.state() == after.state() && before.attempt() == after.attempt();
        if (same || after.state() == BuildState.QUEUED) {
            return Optional.empty();
        }
        boolean ended = after.state().ended();
        NewEvent event = NewEvent.of(
                        ended ? EventType.JOB_ENDED : EventType.JOB_STARTED, new Subject.OfJob(build, after.name()))
                .fact(STATE, after.state().label())
                .fact("attempt", after.attempt())
                .fact(REASON, after.reason());
        Optional<Instant> when = ended ? after.finished() : after.started();
        NewEvent timed = when.map(event::at).orElse(event);
        return Optional.of(
                after.exitCode().isPresent()
                        ? timed.fact("exitCode", after.exitCode().getAsInt())
                        : timed);
    }
}
