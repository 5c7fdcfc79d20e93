package io.sallyport.builds.executor.docker;

import com.github.dockerjava.api.command.ExecCreateCmd;
import com.github.dockerjava.api.command.InspectExecResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A further program in a container that runs, as the container's own user and with no more rights.
 *
 * @param engine that runs it
 * @param id the engine's
 */
record Exec(DockerEngine engine, String id) {
    private static final Duration ENDING = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 10;

    /** Prepares a program of the image's shell. */
    static Exec of(Container container, boolean terminal, String program) throws EngineException, InterruptedException {
        return new Exec(
                container.engine(),
                container
                        .engine()
                        .ask("enter the container", client -> {
                            ExecCreateCmd command = client.execCreateCmd(container.id());
                            return command.withAttachStdin(true)
                                    .withAttachStdout(true)
                                    .withAttachStderr(true)
                                    .withTty(terminal)
                                    .withCmd("/bin/sh", "-c", LastingProcess.GUARD, program);
                        })
                        .getId());
    }

    /**
     * Runs commands to their end.
     *
     * @param input what the shell reads as commands
     * @throws IOException when they fail, with their words
     */
    static void run(Container container, String input) throws IOException, InterruptedException {
        Exec exec = of(container, false, "exec /bin/sh");
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        try (Dialogue talk = exec.start(false)) {
            byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
            talk.give(bytes, 0, bytes.length);
            talk.endInput();
            new Frames(talk.printed(), (stream, more) -> keep(more, words)).handOver();
        }
        OptionalInt code = exec.awaitCode();
        if (code.isEmpty() || code.getAsInt() != 0) {
            throw new IOException("the container's shell fails: "
                    + words.toString(StandardCharsets.UTF_8).strip());
        }
    }

    private static void keep(ByteBuffer bytes, ByteArrayOutputStream words) {
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        words.writeBytes(all);
    }

    /** Starts it; it prints as it is with a terminal, else in the frames of {@link Frames}. */
    Dialogue start(boolean terminal) throws EngineException, InterruptedException {
        return engine.talk(
                "enter the container", "/exec/" + id + "/start", "{\"Detach\":false,\"Tty\":" + terminal + "}");
    }

    void resize(int columns, int lines) throws EngineException, InterruptedException {
        engine.tell("resize a terminal", client -> client.resizeExecCmd(id).withSize(lines, columns));
    }

    /** Its code, once it has ended; empty when it does not, or nobody knows of it any more. */
    OptionalInt awaitCode() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < ENDING.toNanos()) {
            try {
                InspectExecResponse now = engine.ask("look at a program", client -> client.inspectExecCmd(id));
                if (Boolean.FALSE.equals(now.isRunning()) && now.getExitCodeLong() != null) {
                    return OptionalInt.of(now.getExitCodeLong().intValue());
                }
            } catch (EngineException e) {
                if (e.isAbsent()) {
                    return OptionalInt.empty();
                }
                throw e;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return OptionalInt.empty();
    }
}
