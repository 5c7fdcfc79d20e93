package io.sallyport.builds.executor.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.JobOrder;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.shell.ShellJob;
import io.sallyport.builds.executor.shell.ShellScript;
import io.sallyport.builds.executor.workspace.WorkspaceRun;
import io.sallyport.builds.log.Stream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shell of a run with its commands: one start of the run's container. A (virtual) thread of its own reads what it
 * prints, until its container has ended.
 */
final class ContainerScript implements WorkspaceRun.Shell {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerScript.class);
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);
    private static final Duration ENDING = Duration.ofSeconds(30);

    private final Container container;
    private final OutputMark mark;
    private final Commands commands;
    private final JobOutput output;
    private final ShellOutput shell;
    private final CompletableFuture<Exit> ended = new CompletableFuture<>();
    private final StringBuilder words = new StringBuilder(); // said before the shell was there; of the reading thread
    private volatile boolean resumed;
    private boolean running; // this and what follows: guarded by this
    private boolean stopped;
    private @Nullable IOException failure;

    ContainerScript(Container container, OutputMark mark, Commands commands, JobOutput output) {
        this.container = container;
        this.mark = mark;
        this.commands = commands;
        this.output = output;
        this.shell = new ShellOutput(mark, commands.lines(), output);
    }

    @Override
    public void neverStart() {
        ended.complete(new Exit.Stopped());
    }

    /**
     * Returns when the shell is there.
     *
     * @throws IOException when it does not come up, with the words of what was in the way
     */
    void start(JobOrder order) throws IOException {
        boolean done = false;
        try {
            Map<String, String> environment = ContainerPlaces.JOB.environment(order, commands, Map.of());
            for (String name : ShellScript.impossible(environment)) {
                output.system(ShellJob.leftOut(name));
            }
            InputStream printed = container.attach(new ByteArrayInputStream(script(order, environment)));
            try {
                container.start();
            } catch (EngineException | InterruptedException e) {
                Container.close(printed);
                throw e;
            }
            begin(printed);
            awaitKnock();
            done = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the job's shell was started", e);
        } finally {
            if (!done) {
                ended.completeExceptionally(new IOException("the job's shell was not started"));
            }
        }
    }

    /**
     * Takes up a shell that an earlier gateway has started: all that it has printed comes again.
     *
     * @return false when its beginning is not to be found
     * @throws IOException when the engine cannot be asked
     */
    boolean resume() throws IOException, InterruptedException {
        resumed = true;
        begin(container.logs());
        try {
            return shell.knock().get(container.engine().limits().call().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] script(JobOrder order, Map<String, String> environment) {
        String text =
                ShellScript.text(commands.lines(), environment, ContainerPlaces.JOB.files(order), 0, mark::begins);
        String place = "cd " + ShellScript.quote(ContainerPlaces.JOB.workspace()) + " || exit 1\n";
        return (mark.word() + "\n" + place + text).getBytes(UTF_8);
    }

    /** Takes up what is printed. */
    private void begin(InputStream printed) throws InterruptedException, EngineException {
        boolean kill;
        synchronized (this) {
            running = true;
            kill = stopped;
        }
        Thread.ofVirtual().name("container-output").start(() -> lead(printed));
        if (kill) {
            container.kill();
        }
    }

    /** Nothing can be sent any more once the shell is there, so all that is left to wait for is its end. */
    private void awaitKnock() throws IOException, InterruptedException {
        boolean there;
        try {
            there = shell.knock().get(container.engine().limits().call().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            fail(new IOException("the job's shell does not start: nothing was heard of it within "
                    + container.engine().limits().call().toSeconds() + " s"));
            throw new IOException("the job's shell does not start: the image's entrypoint does not run it", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        if (!there && !hasBeenStopped()) {
            container.awaitEnd(SETTLE);
            Container.State state = container.state();
            throw new IOException("the job's shell does not start, the image's entrypoint has ended with "
                    + state.code() + (state.error().isEmpty() ? "" : ": " + state.error()) + said());
        }
    }

    private String said() {
        String all = words.toString().strip();
        return all.isEmpty() ? "" : ": " + all;
    }

    private synchronized boolean hasBeenStopped() {
        return stopped || failure != null;
    }

    private void lead(InputStream printed) {
        try (printed) {
            read(printed);
            ended.complete(conclude());
        } catch (IOException e) {
            ended.complete(new Exit.Lost(String.valueOf(e.getMessage())));
        } catch (InterruptedException | RuntimeException e) {
            LOG.error("the output of container {} cannot be read", container.id(), e);
            ended.completeExceptionally(e);
        } finally { // an error has ended this thread; whoever waits must not wait for ever
            shell.knock().complete(false);
            ended.completeExceptionally(new IllegalStateException("the thread of the job's output has died"));
        }
    }

    private void read(InputStream printed) {
        try {
            new Frames(printed, this::take).handOver();
        } catch (IOException e) {
            LOG.info("the output of container {} breaks off: {}", container.id(), e.getMessage());
        }
        try {
            shell.finish();
        } catch (IOException e) {
            fail(e);
        }
    }

    private void take(Stream stream, ByteBuffer bytes) {
        if (!shell.knock().isDone() && words.length() < 1000) {
            words.append(UTF_8.decode(bytes.duplicate()));
        }
        try {
            if (!hasFailed()) {
                shell.take(stream, bytes);
            }
            if (resumed && shell.code().isPresent()) {
                killOrLog(); // what comes after that is of a later shell, which is not taken up
            }
        } catch (IOException | RuntimeException e) {
            fail(e instanceof IOException io ? io : new IOException("the output failed", e));
        }
    }

    private synchronized boolean hasFailed() {
        return failure != null;
    }

    /** The output takes no more: what the job does cannot be seen, so it is ended. */
    private void fail(IOException e) {
        synchronized (this) {
            failure = failure == null ? e : failure;
        }
        killOrLog();
    }

    private void killOrLog() {
        try {
            container.kill();
        } catch (EngineException e) {
            LOG.warn("container {} cannot be killed: {}", container.id(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What became of it, when it prints no more. */
    private Exit conclude() throws IOException, InterruptedException {
        Container.State state = lastState();
        if (state.running()) {
            killOrLog();
            return new Exit.Lost("the engine has broken off the job's output");
        }
        if (state.outOfMemory()) {
            output.system("NOTICE: the job has reached its limit of memory, and the kernel has ended something of it");
        }
        OptionalInt code = shell.code();
        synchronized (this) {
            running = false;
            if (failure != null) {
                return new Exit.Lost("the output could not be stored: " + failure.getMessage());
            }
            if (stopped) {
                return new Exit.Stopped();
            }
        }
        // The shell tells its code itself: a container that was killed is never taken for one that has ended.
        return code.isPresent() && (resumed || code.getAsInt() == state.code())
                ? new Exit.Code(code.getAsInt())
                : new Exit.Lost("the container was ended from outside, with " + state.code()
                        + (state.error().isEmpty() ? "" : ": " + state.error()));
    }

    /** An engine that is restarted is waited for: it knows what has become of the container. */
    private Container.State lastState() throws EngineException, InterruptedException {
        long deadline = System.nanoTime() + container.engine().limits().call().toNanos();
        while (true) {
            try {
                container.awaitEnd(SETTLE);
                return container.state();
            } catch (EngineException e) {
                if (e.status() != EngineException.NONE || System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(ASK_AGAIN);
            }
        }
    }

    @Override
    public Exit await() throws IOException, InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(cause.getMessage(), cause);
        }
    }

    @Override
    public boolean hasEnded() {
        return ended.isDone();
    }

    @Override
    public void stop(Duration grace) {
        boolean now;
        synchronized (this) {
            if (stopped || ended.isDone()) {
                return;
            }
            stopped = true;
            now = running;
        }
        if (now) {
            Thread.ofVirtual().name("container-stop").start(() -> end(grace));
        }
    }

    private void end(Duration grace) {
        if (grace.isPositive()) {
            try {
                container.askToEnd();
                ended.get(grace.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (EngineException e) {
                LOG.debug("container {} cannot be asked to end: {}", container.id(), e.getMessage());
            } catch (TimeoutException e) {
                LOG.debug("container {} does not end by itself", container.id());
            } catch (ExecutionException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        killOrLog();
    }

    /** Kills what runs and waits until it is gone. */
    void kill() {
        boolean now;
        synchronized (this) {
            stopped = true;
            now = running;
        }
        if (now) {
            killOrLog();
        }
        if (now) {
            ended.handle((exit, problem) -> true)
                    .completeOnTimeout(false, ENDING.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }
}
