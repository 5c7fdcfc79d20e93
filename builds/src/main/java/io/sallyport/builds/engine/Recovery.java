package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start finds of the gateway before it. Builds that waited wait on. Of a build that had begun, what has ended
 * stands, what waited waits on, and what ran starts anew (see {@link BuildRun}). One that was to be canceled is.
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

    /** Brings back what has begun, and only then {@code waiting}, each build that has not, oldest first. */
    void run(Consumer<Build> waiting) throws InterruptedException {
        List<Build> unfinished = parts.builds().unfinished();
        for (Build build : unfinished) {
            if (build.canceledBy().isPresent()) {
                cancel(build);
            } else if (build.state() == BuildState.RUNNING) {
                resume(build);
            }
        }
        live.awaitQuiet();
        unfinished.stream()
                .filter(build -> build.canceledBy().isEmpty() && build.state() == BuildState.QUEUED)
                .forEach(waiting);
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
