package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.Build;
import io.sallyport.builds.Content;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.log.LogSelection;
import io.sallyport.handlers.ExitStatus;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import io.sallyport.handlers.Transcript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A submitted build, followed to its end over the channel that submitted it. For one thread. */
final class FollowedBuild implements Transcript {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedBuild.class);

    private final Engine engine;
    private final Followers followers;
    private final Build build;
    private final Optional<String> artifact;
    private final boolean cancelWhenAbandoned;
    private final String caller;

    private FollowedBuild(
            Engine engine,
            Followers followers,
            Build build,
            Optional<String> artifact,
            boolean cancelWhenAbandoned,
            String caller) {
        this.engine = engine;
        this.followers = followers;
        this.build = build;
        this.artifact = artifact;
        this.cancelWhenAbandoned = cancelWhenAbandoned;
        this.caller = caller;
    }

    /** The answer to a request that has made a build and asks to follow it. */
    static Response of(Engine engine, Followers followers, Build build, Optional<String> artifact, Request request)
            throws Param.Malformed {
        boolean cancel = request.get(SubmitBuild.ON_DISCONNECT).orElse("detach").equals("cancel");
        return new Response.Followed(new FollowedBuild(engine, followers, build, artifact, cancel, request.identity()));
    }

    @Override
    public JsonNode accepted() {
        return BuildJson.of(build);
    }

    @Override
    public Content log(boolean readable) throws IOException {
        return followers.counted(
                readable
                        ? engine.logs().readable(build, LogSelection.ALL, true)
                        : engine.logs().raw(build, LogSelection.ALL, true));
    }

    @Override
    public boolean wantsArtifact() {
        return artifact.isPresent();
    }

    @Override
    public Optional<Response> artifact() throws InterruptedException {
        if (artifact.isEmpty()) {
            return Optional.empty();
        }
        String path = artifact.get();
        Optional<Content> found = engine.files().artifact(now(), path).flatMap(engine.files()::content);
        return Optional.of(
                found.isPresent()
                        ? new Response.Bytes(found.get(), 0, false, () -> ExitStatus.OK)
                        : new Response.Failed(ReadArtifact.missing(engine, now(), path)
                                .at("/builds/" + build.id() + "/artifacts/" + path)));
    }

    @Override
    public JsonNode ended() throws InterruptedException {
        return BuildJson.of(now());
    }

    @Override
    public int exit() throws InterruptedException {
        Build now = now();
        return now.state().ended() ? ExitStatus.of(now.state()) : ExitStatus.of(503);
    }

    @Override
    public void abandoned() {
        if (cancelWhenAbandoned) {
            // The interrupt has told that the peer is gone; what is left to do here must not be cut off by it.
            boolean interrupted = Thread.interrupted();
            try {
                Build current = engine.build(build.id()).orElse(build);
                engine.cancel(current, caller, Optional.of("its submitter has disconnected"));
            } catch (UncheckedIOException e) {
                LOG.warn("build {} could not be canceled after its submitter disconnected", build.id(), e);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** The log has ended, so the wait is over in a moment. */
    private Build now() throws InterruptedException {
        return engine.await(engine.build(build.id()).orElse(build));
    }
}
