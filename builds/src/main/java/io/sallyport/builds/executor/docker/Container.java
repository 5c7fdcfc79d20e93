package io.sallyport.builds.executor.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A container on an engine. Any thread; what fails throws {@link EngineException}. */
record Container(DockerEngine engine, String id) {
    private static final Logger LOG = LoggerFactory.getLogger(Container.class);

    /**
     * How it is at a moment.
     *
     * @param running whether it does
     * @param code of its first process, when it has ended
     * @param outOfMemory whether the kernel has ended something of it for that
     * @param error the engine's words where it could not run
     */
    record State(boolean running, long code, boolean outOfMemory, String error) {}

    void start() throws EngineException, InterruptedException {
        start("the container");
    }

    /** The same, of one that is called so in words of what goes wrong. */
    void start(String called) throws EngineException, InterruptedException {
        engine.tell("start " + called, client -> client.startContainerCmd(id));
    }

    /** Gives it another name. */
    void rename(String name) throws EngineException, InterruptedException {
        engine.tell(
                "name the container", client -> client.renameContainerCmd(id).withName(name));
    }

    /** The memory that it holds now, as the engine counts it; 0 where that does not. */
    long memoryBytes() throws EngineException, InterruptedException {
        return engine.document("measure the container", "/containers/" + id + "/stats?stream=false&one-shot=true")
                .path("memory_stats")
                .path("usage")
                .asLong();
    }

    State state() throws EngineException, InterruptedException {
        ContainerState state = engine.ask("look at the container", client -> client.inspectContainerCmd(id))
                .getState();
        return new State(
                Boolean.TRUE.equals(state.getRunning()),
                Objects.requireNonNullElse(state.getExitCodeLong(), -1L),
                Boolean.TRUE.equals(state.getOOMKilled()),
                Objects.requireNonNullElse(state.getError(), ""));
    }

    /** Ends it by force; nothing when it does not run. */
    void kill() throws EngineException, InterruptedException {
        try {
            engine.tell("kill the container", client -> client.killContainerCmd(id));
        } catch (EngineException e) {
            if (!e.isConflict() && !e.isAbsent()) {
                throw e;
            }
        }
    }

    /**
     * Asks all processes in it, but its first, to end, by a shell of its image's and as the job's own user. When this
     * returns they have been asked.
     */
    void askToEnd() throws EngineException, InterruptedException {
        signal("TERM");
    }

    /** Ends them by force, in the same way. */
    void endAll() throws EngineException, InterruptedException {
        signal("KILL");
    }

    private void signal(String name) throws EngineException, InterruptedException {
        String exec = engine.ask(
                        "signal the container",
                        client -> client.execCreateCmd(id)
                                .withAttachStdout(true)
                                .withCmd("/bin/sh", "-c", "kill -" + name + " -1"))
                .getId();
        engine.call("signal the container", engine.limits().call(), () -> {
            try (ResultCallback.Adapter<Frame> done =
                    engine.client().execStartCmd(exec).withDetach(false).exec(new ResultCallback.Adapter<>())) {
                return done.awaitCompletion();
            }
        });
    }

    /** Removes it with its volumes, whether it runs or not; nothing when it is gone. */
    void remove() throws EngineException, InterruptedException {
        engine.remove(DockerEngine.CONTAINERS, id);
    }

    /** The same; when that cannot be done now, it is as soon as it can. */
    void removeOrLog() {
        engine.removals().remove("container " + id, () -> engine.remove(DockerEngine.CONTAINERS, id));
    }

    /** Its output from now on, and a way to send it some input; in the frames of {@link Frames}. */
    InputStream attach(InputStream input) throws EngineException, InterruptedException {
        return engine.converse(
                "attach to the container", "/containers/" + id + "/attach?stream=1&stdin=1&stdout=1&stderr=1", input);
    }

    /** Its output alone, from now on. */
    InputStream listen() throws EngineException, InterruptedException {
        return engine.await("attach to the container", "/containers/" + id + "/attach?stream=1&stdout=1&stderr=1");
    }

    /** Sends it some input, until what is returned is closed. */
    InputStream tell(InputStream input) throws EngineException, InterruptedException {
        return engine.converse("attach to the container", "/containers/" + id + "/attach?stream=1&stdin=1", input);
    }

    /** What the engine has kept of its output so far; in the same frames, and to be read within a time. */
    InputStream printed() throws EngineException, InterruptedException {
        return engine.fetch("read the container's log", "/containers/" + id + "/logs?stdout=1&stderr=1&tail=all");
    }

    /** Whether there is any of that. */
    boolean hasPrinted() throws IOException, InterruptedException {
        try (InputStream printed = printed()) {
            return printed.read() >= 0;
        }
    }

    /** What the engine has kept, and what comes within the time of a call. */
    InputStream prints() throws EngineException, InterruptedException {
        return logs().within(engine.limits().call());
    }

    /** All of its output that the engine has kept, then what comes until it ends; in the same frames. */
    EngineStream logs() throws EngineException, InterruptedException {
        return engine.open(
                "read the container's log", "/containers/" + id + "/logs?follow=1&stdout=1&stderr=1&tail=all");
    }

    /** Unpacks a tar in it, from its root on. */
    void put(InputStream tar) throws EngineException, InterruptedException {
        engine.send("fill the workspace", "/containers/" + id + "/archive?path=%2F", tar);
    }

    /**
     * Something in it as a tar, whose names begin with its own; links are not followed.
     *
     * @throws EngineException also when it is not there, see {@link EngineException#isAbsent}
     */
    InputStream get(String path) throws EngineException, InterruptedException {
        return engine.fetch(
                "read the workspace",
                "/containers/" + id + "/archive?path=" + URLEncoder.encode(path, StandardCharsets.UTF_8));
    }

    /** Waits until it does not run; false when it still does after that time. */
    boolean awaitEnd(Duration patience) throws EngineException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        long pause = 2;
        while (state().running()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(pause);
            pause = Math.min(2 * pause, 200);
        }
        return true;
    }

    static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.debug("closing a stream from an engine failed", e);
        }
    }
}
