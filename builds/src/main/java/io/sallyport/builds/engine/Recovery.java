package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.JobState;
import io.sallyport.builds.executor.JobOrder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start finds of the gateway before it. Builds that waited wait on. Of a build that had begun, what has ended
 * stands, what waited waits on, and what ran is found again or starts anew (see {@link BuildRun}). One that was to be canceled is.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final EngineParts parts;
    private final LiveBuilds live;
    private final Endings endings;

    Recovery(EngineParts parts, LiveBuilds live, Endings endings) {
        this.parts = parts;
        this.live = live;
        this.endings = endings;
    }

    /**
     * Brings back what has begun, and only then {@code waiting}, each build that has not, oldest first. Storage that fails
     * holds up those builds that it concerns, which go on when they can, and nothing else.
     */
    void run(Consumer<Build> waiting) throws InterruptedException {
        List<Build> unfinished = parts.builds().unfinished();
        parts.executor().removeLeft(running(unfinished));
        for (Build build : unfinished) {
            if (build.canceledBy().isPresent()) {
                cancel(build);
            } else if (build.state() == BuildState.RUNNING) {
                resume(build);
            }
        }
        live.awaitStill();
        unfinished.stream()
                .filter(build -> build.canceledBy().isEmpty() && build.state() == BuildState.QUEUED)
                .forEach(waiting);
    }

    /** The names of the runs that may still be there, and are wanted. */
    private static Set<String> running(List<Build> unfinished) {
        return unfinished.stream()
                .filter(build -> build.canceledBy().isEmpty())
                .flatMap(build -> build.jobs().stream()
                        .filter(job -> job.state() == JobState.RUNNING)
                        .map(job -> JobOrder.runName(
                                build.id(), job.name(), job.course().attempt())))
                .collect(Collectors.toSet());
    }

    private void resume(Build build) {
        LOG.info("build goes on build={} project={}", build.id(), build.project());
        endings.expect(build.id());
        live.post(build.id(), new Message.Wake());
        build.supersededBy().ifPresent(newer -> live.post(build.id(), new Message.Superseded(newer)));
    }

    private void cancel(Build build) {
        LOG.info("build is canceled, as it was to be build={} project={}", build.id(), build.project());
        endings.expect(build.id());
        live.post(
                build.id(),
                new Message.Cancel(build.canceledBy().orElseThrow(), build.reason(), new CompletableFuture<>()));
    }
}
