package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.log.LogWriter;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start finds of the gateway before it. Builds that waited wait on; a build that ran is started anew, once, with
 * a note in its log; one that was being canceled is canceled; one that has been interrupted twice is errored.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final int RESTARTS = 1;

    private final EngineParts parts;

    /** Takes a build that is to be run. */
    @FunctionalInterface
    interface Taker {
        void take(Build build) throws IOException;
    }

    Recovery(EngineParts parts) {
        this.parts = parts;
    }

    /** Brings the records in order; {@code waiting} is told of each build that is to be run, oldest first. */
    void run(Taker waiting) throws IOException {
        for (Build build : parts.builds().unfinished()) {
            if (build.canceledBy().isPresent()) {
                end(build, BuildState.CANCELED, build.reason(), "canceled while the gateway was down");
            } else if (build.state() == BuildState.QUEUED) {
                waiting.take(build);
            } else if (build.restarts() >= RESTARTS) {
                String reason = "the gateway went down twice while it ran";
                end(build, BuildState.ERRORED, Optional.of(reason), reason);
            } else {
                waiting.take(restart(build));
            }
        }
    }

    private Build restart(Build build) throws IOException {
        try (LogWriter log = parts.logs().of(build.id()).writer()) {
            log.system(0, "NOTICE: the gateway went down while this build ran; the build starts anew");
        }
        LOG.warn("build starts anew build={} project={}", build.id(), build.project());
        return parts.builds().requeue(build.id(), true);
    }

    private void end(Build build, BuildState state, Optional<String> reason, String line) throws IOException {
        parts.builds().move(build.id(), state, reason, parts.clock().instant());
        try (LogWriter log = parts.logs().of(build.id()).writer()) {
            log.system(0, "NOTICE: " + line);
            log.end(state);
        }
        LOG.warn("build ended by recovery build={} project={} state={}", build.id(), build.project(), state.label());
    }
}
