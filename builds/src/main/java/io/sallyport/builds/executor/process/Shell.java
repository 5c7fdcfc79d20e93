package io.sallyport.builds.executor.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A started {@code /bin/sh} and all processes that come of it. Any thread. */
final class Shell implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shell.class);
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration KILL = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** A sandbox tells of its shell's end at once; this often it may be late, on a machine that has too much to do. */
    private static final int LATE = 10;

    private final Process process;
    private final Family family;
    private volatile boolean held;

    private Shell(Process process, Family family) {
        this.process = process;
        this.family = family;
    }

    /**
     * Starts a shell. It waits for its script then.
     *
     * @throws IOException when it does not come up, with the words of what was in the way
     */
    static Shell start(Launcher launcher, Confinement confinement, RunFolder folder, RunMark mark, Pipes pipes)
            throws IOException {
        ProcessBuilder builder = confinement
                .confine(folder)
                .redirectOutput(folder.out().toFile())
                .redirectError(folder.err().toFile());
        builder.environment().clear();
        builder.environment().put(RunMark.VARIABLE, mark.value());
        Process process = launcher.launch(builder);
        try {
            Optional<HostProcess> launched = HostProcess.of(process.pid());
            if (launched.isEmpty() || !knocks(process, pipes.talk(), DriverScript.of(confinement.places(folder)))) {
                String words = new String(pipes.err().unread(), StandardCharsets.UTF_8).strip();
                throw new IOException("the job's shell does not start" + (words.isEmpty() ? "" : ": " + words));
            }
            return new Shell(process, confinement.family(launched.get(), folder, mark.entry()));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Waits for the shell, but not beyond its end and not for ever. */
    private static boolean knocks(Process process, Talk talk, DriverScript script) throws IOException {
        CompletableFuture<Void> unusedEnd = process.onExit().thenRun(talk::close);
        CompletableFuture<Boolean> inTime =
                new CompletableFuture<Boolean>().completeOnTimeout(false, START.toSeconds(), TimeUnit.SECONDS);
        CompletableFuture<Void> unusedLate = inTime.thenAccept(is -> {
            if (!is) {
                process.destroyForcibly();
            }
        });
        try {
            write(process, script.knock());
            return talk.heard();
        } finally {
            inTime.complete(true);
        }
    }

    private static void write(Process process, String text) throws IOException {
        OutputStream input = process.getOutputStream();
        try {
            input.write(text.getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            // It ended already, which is learned in other ways; a real failure would be a bug.
            if (process.isAlive()) {
                throw e;
            }
        }
    }

    /** Gives the shell all of its script, or none so that it ends. Nothing can be given after that. */
    void give(String script) throws IOException {
        write(process, script);
        closeInput();
    }

    private void closeInput() throws IOException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            if (process.isAlive()) {
                throw e;
            }
        }
    }

    /** Asks all processes to end, waits for the shell to do so, and kills what then still lives. */
    void stop(Duration grace) throws InterruptedException {
        if (grace.isPositive()) {
            family.members().forEach(HostProcess::terminate);
            if (process.waitFor(grace)) {
                return;
            }
        }
        family.kill();
        if (!process.waitFor(KILL)) {
            process.destroyForcibly();
        }
    }

    /** All processes that come of it. */
    Family family() {
        return family;
    }

    /** Kills all that live now. */
    void kill() {
        family.kill();
    }

    /**
     * Waits for the shell's end and ends what it left behind. A script that stops the first process of its sandbox
     * (ptrace(2)) keeps that from telling of the shell's end: then it is seen here, and all is killed.
     *
     * @return its exit code, 128 + n when signal n ended it
     */
    int await() throws InterruptedException {
        int late = 0;
        while (!process.waitFor(LOOK)) {
            late = family.shellLives() ? 0 : late + 1;
            if (late > LATE) {
                held = true;
                family.kill();
            }
        }
        endAll();
        return process.exitValue();
    }

    /** Whether something has held up the sandbox after the shell's end. */
    boolean wasHeld() {
        return held;
    }

    private void endAll() {
        if (!family.end(KILL)) {
            LOG.warn("processes of a job cannot be ended: {}", family.members());
        }
    }

    /** Ends everything. */
    @Override
    public void close() {
        process.destroyForcibly();
        endAll();
    }
}
