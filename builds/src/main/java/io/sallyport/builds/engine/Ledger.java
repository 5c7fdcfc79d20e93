package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.evidence.Evidence;
import io.sallyport.builds.evidence.Notary;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.store.BuildStore;
import io.sallyport.builds.store.VisibleArtifacts;
import io.sallyport.database.DatabaseException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of a build as its engine keeps it, with patience: a full disk may have room again soon, so what cannot be
 * recorded is tried again for a minute. After that has been in vain there is one try for each change, until one succeeds. For
 * one thread at a time.
 */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final EngineParts parts;
    private final LiveBuilds live;
    private final Patience patience;
    private final long id;
    private int tries;

    Ledger(Workings workings, long id) {
        this.parts = workings.parts();
        this.live = workings.live();
        this.patience = workings.patience();
        this.id = id;
        this.tries = patience.tries();
    }

    /** The record; none of a build that is not there. */
    Optional<Build> build() {
        return parts.builds().recorded(id);
    }

    Optional<Plan> plan() {
        return parts.builds().plan(id);
    }

    /** What its jobs may still keep: the project's limit below that of the gateway. */
    ArtifactBudget budget(Build build, EngineSettings settings) {
        long limit = parts.projects()
                .project(build.project())
                .map(project -> project.settings().artifactBytes().orElse(Long.MAX_VALUE))
                .orElse(Long.MAX_VALUE);
        return new ArtifactBudget(Math.min(limit, settings.artifactBytes()), build.artifactBytes());
    }

    /** Now, as precise as records are. */
    Instant now() {
        return parts.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Records that the build has begun, and with that the steps of jobs that have not been recorded yet. */
    Build begin(JobTable jobs) throws InterruptedException {
        Build begun = stubbornly(() -> parts.builds().begin(id, jobs.steps(), now()));
        jobs.recorded();
        LOG.info("build started build={} project={}", id, begun.project());
        return begun;
    }

    /** Records the steps of jobs that have not been yet. */
    void put(JobTable jobs) throws InterruptedException {
        if (!jobs.steps().isEmpty()) {
            stubbornly(() -> {
                parts.builds().put(id, jobs.steps());
                return jobs;
            });
            jobs.recorded();
        }
    }

    void note(Optional<String> reason) throws InterruptedException {
        stubbornly(() -> {
            parts.builds().note(id, reason);
            return reason;
        });
    }

    /** It ends because of a newer build, and so on the word of whoever has submitted that. */
    void superseded(long by, Optional<String> reason) throws InterruptedException {
        stubbornly(() -> {
            parts.builds()
                    .recorded(by)
                    .ifPresent(newer -> parts.builds().markCanceled(id, newer.submittedBy(), reason));
            return reason;
        });
    }

    /** The end, with the evidence of it. Of a build whose project has been removed meanwhile there is none. */
    Build end(Outcome outcome) throws InterruptedException {
        Build ended = stubbornly(() -> {
            Instant now = now();
            return parts.builds().end(id, outcome.state(), outcome.reason(), now, evidence(outcome.state(), now));
        });
        LOG.info(
                "build ended build={} project={} state={}",
                id,
                ended.project(),
                outcome.state().label());
        return ended;
    }

    private Optional<Evidence> evidence(BuildState state, Instant finished) {
        if (!Notary.vouchesFor(state)) {
            return Optional.empty();
        }
        return parts.builds().build(id).map(record -> {
            BuildStore.SpecText spec = parts.builds().spec(id).orElseThrow();
            return parts.notary()
                    .of(
                            record,
                            state,
                            finished,
                            VisibleArtifacts.of(
                                    parts.builds().artifacts(id),
                                    record.jobs().stream().map(Job::name).toList()),
                            spec.file(),
                            spec.text(),
                            parts.visits().of(id));
        });
    }

    private <T> T stubbornly(Supplier<T> change) throws InterruptedException {
        boolean stalls = false;
        try {
            for (int left = tries; ; left--) {
                try {
                    T done = change.get();
                    tries = patience.tries();
                    return done;
                } catch (DatabaseException e) {
                    if (left == 0) {
                        tries = 0;
                        throw e;
                    }
                    LOG.error("cannot record the state of build {}, {} tries left", id, left, e);
                    if (!stalls) {
                        stalls = true;
                        live.stalls();
                    }
                    Thread.sleep(patience.between());
                }
            }
        } finally {
            if (stalls) {
                live.goesOn();
            }
        }
    }
}
