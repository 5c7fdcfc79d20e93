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
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shell of a run with its commands: one start of the run's container, or what that runs next where it lasts. A (virtual)
 * thread of its own reads what it prints, until its container, or it, has ended.
 */
final class ContainerScript implements WorkspaceRun.Shell {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerScript.class);
    private static final Duration SETTLE = Duration.ofSeconds(10);
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);
    private static final Duration ENDING = Duration.ofSeconds(30);

    /** What a first process has ended with that was sent SIGKILL. */
    private static final int KILLED = 137;

    private final Lodging lodging;
    private final ContainerLimits limits;
    private final OutputMark mark;
    private final Commands commands;
    private final JobOutput output;
    private final ShellOutput shell;
    private final ShellJob place;
    private final CompletableFuture<Exit> ended = new CompletableFuture<>();
    private final ShellSignals signals;
    private final StringBuilder words = new StringBuilder(); // said before the shell was there; of the reading thread
    private boolean engineAway; // when its container ended; of the reading thread
    private volatile boolean resumed;
    private @Nullable InputStream printed; // this and what follows: guarded by this
    private boolean running;
    private boolean stopped;
    private @Nullable IOException failure;
    private @Nullable String lost;

    ContainerScript(
            Lodging lodging,
            ContainerLimits limits,
            OutputMark mark,
            Commands commands,
            JobOutput output,
            Chance chance) {
        this.lodging = lodging;
        this.limits = limits;
        this.mark = mark;
        this.commands = commands;
        this.output = output;
        // What a shell has left in the folder of files is there still for the next in a container that lasts.
        this.place =
                lodging.lasts() ? ContainerPlaces.JOB.withFilesNamed(chance.letters(4) + "-") : ContainerPlaces.JOB;
        this.signals = new ShellSignals(lodging, ended);
        this.shell = new ShellOutput(
                mark, commands.lines(), new SparedOutput(output, this::hasFailed, this::fail), lodging.lasts());
    }

    private Container container() {
        return lodging.container();
    }

    @Override
    public void neverStart() {
        neverStart(new Exit.Stopped());
    }

    /** Instead of a start: it ends like this. */
    void neverStart(Exit exit) {
        ended.complete(exit);
    }

    /**
     * Returns when the shell is there, or its container was ended before by somebody else.
     *
     * @param unpacking what it does before
     * @throws IOException when it does not come up, with the words of what was in the way
     */
    void start(JobOrder order, Unpacking unpacking) throws IOException {
        boolean done = false;
        try {
            Map<String, String> environment = place.environment(order, commands, Map.of());
            for (String name : ShellScript.impossible(environment)) {
                output.system(ShellJob.leftOut(name));
            }
            begin(converse(order, script(order, environment, unpacking)));
            awaitKnock(Entrypoint.of(order), unpacking);
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

    private InputStream converse(JobOrder order, byte[] script) throws IOException, InterruptedException {
        try {
            return lodging.converse(new ByteArrayInputStream(script));
        } catch (EngineException e) {
            if (StartRefusal.of(String.valueOf(e.getMessage())).isEmpty()) {
                throw e;
            }
            throw new IOException(Entrypoint.of(order).refused(String.valueOf(e.getMessage())), e);
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
        begin(container().logs());
        try {
            return shell.knock().get(container().engine().limits().call().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whether an earlier gateway has come so far that a shell in a container that lasts runs its commands, or has.
     *
     * @throws IOException when the engine cannot be asked
     */
    boolean isBegun() throws IOException, InterruptedException {
        if (!lodging.lasts()) {
            return true;
        }
        AtomicBoolean begun = new AtomicBoolean();
        MarkScanner scanner = new MarkScanner(mark, new MarkScanner.Target() {
            @Override
            public void bytes(ByteBuffer bytes) {}

            @Override
            public void mark(OutputMark.Meaning meaning) {
                begun.set(true);
            }
        });
        try (InputStream stream = container().printed()) {
            new Frames(stream, (which, bytes) -> {
                        if (which == Stream.OUT) {
                            scanner.take(bytes);
                        }
                    })
                    .handOver(begun::get);
        }
        return begun.get();
    }

    private byte[] script(JobOrder order, Map<String, String> environment, Unpacking unpacking) {
        String text = ShellScript.text(commands.lines(), environment, place.files(order), 0, "", mark::begins);
        return new ShellText(mark, lodging.lasts(), unpacking).of(text);
    }

    /** Takes up what is printed. */
    private void begin(InputStream stream) {
        boolean end;
        boolean gone;
        synchronized (this) {
            running = true;
            printed = stream;
            end = stopped;
            gone = lost != null;
        }
        Thread.ofVirtual().name("container-output").start(() -> lead(stream));
        if (gone) {
            Container.close(stream);
        } else if (end) {
            signals.byForce();
        }
    }

    /** Nothing can be sent any more once the shell is there, so all that is left to wait for is its end. */
    private void awaitKnock(Entrypoint entrypoint, Unpacking unpacking) throws IOException, InterruptedException {
        boolean there;
        try {
            there = shell.knock().get(container().engine().limits().call().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            fail(new IOException("the job's shell does not start: nothing was heard of it within "
                    + container().engine().limits().call().toSeconds() + " s"));
            throw new IOException(entrypoint.stays(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        if (!there && !hasBeenStopped()) {
            if (unpacking instanceof Unpacking.Source && shell.code().isPresent()) {
                throw new UnpackingException(saidBeforeMarks());
            }
            switch (noShell(entrypoint, container(), words.toString().strip(), Optional.of(mark.word()))) {
                case Lodging.Entrance.Closed(String reason) -> throw new IOException(reason);
                case Lodging.Entrance.Gone gone -> {} // as its end says
            }
        }
    }

    /** Whether the shell was there, once it has been started; else something has ended the container before. */
    boolean wasThere() {
        return shell.knock().getNow(false);
    }

    private String saidBeforeMarks() {
        int marks = words.indexOf(String.valueOf(OutputMark.RS));
        return words.substring(0, marks < 0 ? words.length() : marks).strip();
    }

    /** Whether the shell has tried to unpack something, and could; once it has been started. */
    boolean unpacks() {
        return shell.unpacks();
    }

    /**
     * Why a container that has ended has run no shell. One that was killed without a word was by somebody else, as an engine
     * does that is restarted: nothing within it can kill its first process, but the kernel for its memory, which is told.
     *
     * @param entrypoint that it had
     * @param said what it has printed; may be empty
     * @param secret that is not to be told
     */
    static Lodging.Entrance.Never noShell(
            Entrypoint entrypoint, Container container, String said, Optional<String> secret)
            throws EngineException, InterruptedException {
        if (!container.awaitEnd(SETTLE)) {
            return new Lodging.Entrance.Closed(entrypoint.stays());
        }
        Container.State state = container.state();
        if (state.code() == KILLED && !state.outOfMemory() && said.isEmpty()) {
            return new Lodging.Entrance.Gone("the container was ended from outside before the job's shell was there");
        }
        String words = state.error().isEmpty() ? said : state.error() + "\n" + said;
        return new Lodging.Entrance.Closed(entrypoint.ended(state.code(), words, secret));
    }

    /** Whether it is to end, whether it runs or not. */
    synchronized boolean hasBeenStopped() {
        return stopped || failure != null || lost != null;
    }

    private void lead(InputStream stream) {
        try (stream) {
            read(stream);
            signals.end(conclude());
        } catch (IOException e) {
            ended.complete(new Exit.Lost(String.valueOf(e.getMessage())));
        } catch (InterruptedException | RuntimeException e) {
            LOG.error("the output of container {} cannot be read", container().id(), e);
            ended.completeExceptionally(e);
        } finally { // an error has ended this thread; whoever waits must not wait for ever
            shell.knock().complete(false);
            ended.completeExceptionally(new IllegalStateException("the thread of the job's output has died"));
        }
    }

    private void read(InputStream stream) {
        try {
            new Frames(stream, this::take).handOver(this::hasSaidItsEnd);
        } catch (IOException e) {
            LOG.info("the output of container {} breaks off: {}", container().id(), e.getMessage());
        }
        try {
            shell.finish();
        } catch (IOException e) {
            fail(e);
        }
    }

    /** A container that lasts prints nothing more of a shell that has ended. */
    private boolean hasSaidItsEnd() {
        return lodging.lasts() && shell.code().isPresent();
    }

    private void take(Stream stream, ByteBuffer bytes) {
        if (!shell.knock().isDone() && words.length() < 1000) {
            words.append(UTF_8.decode(bytes.duplicate()));
        }
        try {
            shell.take(stream, bytes);
        } catch (IOException e) {
            fail(e);
        }
        if (resumed && shell.code().isPresent()) {
            signals.afterwards(); // what comes then is of a later shell, which is not taken up
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
        signals.byForce();
    }

    /** Nothing more is to be heard of it, for that reason. Any thread. */
    void lose(String reason) {
        InputStream now;
        synchronized (this) {
            lost = lost == null ? reason : lost;
            now = printed;
        }
        if (now != null) {
            Container.close(now);
        }
    }

    /** What became of it, when it prints no more. */
    private Exit conclude() throws IOException, InterruptedException {
        if (shell.wasOutOfMemory()) {
            output.system(outOfMemory());
        }
        synchronized (this) {
            if (hasSaidItsEnd()) {
                running = false;
                return outcome().orElseGet(() -> new Exit.Code(shell.code().orElseThrow()));
            }
            if (lost != null) {
                running = false;
                return new Exit.Lost(lost);
            }
        }
        Container.State state = lastState();
        if (state.running()) {
            signals.kill();
            return new Exit.Lost("the engine has broken off the job's output");
        }
        if (state.outOfMemory()) {
            output.system(outOfMemory());
        }
        OptionalInt code = shell.code();
        // The shell tells its code itself: a container that was killed is never taken for one that has ended.
        boolean ownEnd = code.isPresent() && (resumed || code.getAsInt() == state.code());
        Optional<String> why = ownEnd || hasBeenStopped() ? Optional.empty() : lodging.whyEnded();
        synchronized (this) {
            running = false;
            Optional<Exit> otherwise = outcome();
            if (otherwise.isPresent()) {
                return otherwise.get();
            }
        }
        return ownEnd ? new Exit.Code(code.orElseThrow()) : new OutsideEnd(state, engineAway, why).exit();
    }

    private String outOfMemory() {
        return "NOTICE: the job has reached its limit of memory (docker.memory: " + limits.memoryText()
                + "), and the kernel has ended something of it";
    }

    /** How it has ended otherwise than by itself; empty when it has not. */
    private synchronized Optional<Exit> outcome() {
        if (failure != null) {
            return Optional.of(new Exit.Lost("the output could not be stored: " + failure.getMessage()));
        }
        return stopped ? Optional.of(new Exit.Stopped()) : Optional.empty();
    }

    /** An engine that is restarted is waited for: it knows what has become of the container. */
    private Container.State lastState() throws EngineException, InterruptedException {
        long deadline = System.nanoTime() + container().engine().limits().call().toNanos();
        while (true) {
            try {
                container().awaitEnd(SETTLE);
                return container().state();
            } catch (EngineException e) {
                if (e.status() != EngineException.NONE || System.nanoTime() > deadline) {
                    throw e;
                }
                engineAway = true;
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

    /** The variables of its commands. */
    Map<String, String> environment(JobOrder order) {
        return place.environment(order, commands, Map.of());
    }

    /** Whether its shell is there and has not ended. */
    synchronized boolean runs() {
        return running && !stopped && shell.knock().isDone() && !ended.isDone();
    }

    /** Whether it has ended, or does within that time. */
    boolean endsWithin(Duration time) {
        return ended.handle((exit, problem) -> true)
                .completeOnTimeout(false, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
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
            Thread.ofVirtual().name("container-stop").start(() -> signals.politely(grace));
        }
    }

    /** Kills what runs and waits until it is gone. */
    void kill() {
        boolean now;
        synchronized (this) {
            stopped = true;
            now = running && lost == null;
        }
        if (now) {
            signals.kill();
        }
        if (now) {
            ended.handle((exit, problem) -> true)
                    .completeOnTimeout(false, ENDING.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }
}
