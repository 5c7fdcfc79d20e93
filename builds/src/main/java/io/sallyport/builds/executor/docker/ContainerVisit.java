package io.sallyport.builds.executor.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.builds.executor.Entry;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.Visit;
import io.sallyport.builds.executor.VisitOutput;
import io.sallyport.builds.executor.shell.VisitScript;
import io.sallyport.builds.log.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody in a container, by a further program of its shell's. A (virtual) thread of its own reads what that prints. */
final class ContainerVisit implements Visit {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerVisit.class);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int BUFFER = 32 << 10;
    private static final int KILLED = 137;

    private final Container container;
    private final Exec exec;
    private final VisitPlaces places;
    private final boolean terminal;
    private final Job job;
    private final Dialogue talk;
    private final VisitOutput output;
    private final CompletableFuture<Exit> ended = new CompletableFuture<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicReference<Entry.@Nullable Terminal> wanted = new AtomicReference<>();

    /** The commands beside which somebody is. */
    @FunctionalInterface
    interface Job {
        /** Whether they have ended, or do within that time. */
        boolean endsWithin(Duration time);
    }

    private ContainerVisit(
            Container container,
            Exec exec,
            VisitPlaces places,
            boolean terminal,
            Job job,
            Dialogue talk,
            VisitOutput output) {
        this.container = container;
        this.exec = exec;
        this.places = places;
        this.terminal = terminal;
        this.job = job;
        this.talk = talk;
        this.output = output;
    }

    /**
     * Lets somebody into a container that runs.
     *
     * @param environment of the job's commands
     * @param name of letters and digits, and never used before
     * @param job whose end is that of the visit
     */
    static ContainerVisit begin(
            Container container, Map<String, String> environment, String name, Job job, Entry entry, VisitOutput output)
            throws IOException, InterruptedException {
        VisitPlaces places = new VisitPlaces(name);
        Map<String, String> all = new TreeMap<>(environment);
        boolean terminal = false;
        String program = "";
        switch (entry) {
            case Entry.Port port -> program = VisitScript.port(port.number());
            case Entry.Shell shell -> {
                all.putAll(shell.environment());
                terminal = shell.terminal().isPresent();
                program = terminal ? VisitScript.interactiveShell() : VisitScript.plainShell();
            }
        }
        Exec.run(container, places.put(VisitScript.text(ContainerPlaces.JOB.workspace(), all, program)));
        Exec exec = Exec.of(container, terminal, places.run());
        Dialogue talk = exec.start(terminal);
        ContainerVisit visit = new ContainerVisit(container, exec, places, terminal, job, talk, output);
        Thread.ofVirtual().name("container-visit").start(visit::lead);
        if (entry instanceof Entry.Shell shell
                && shell.terminal().filter(visit::isNews).isPresent()) {
            visit.tellSize(); // before anything that is typed can ask for it
        }
        return visit;
    }

    private void lead() {
        Exit exit = new Exit.Lost("the visit's thread has died");
        try (talk;
                InputStream printed = talk.printed()) {
            read(printed);
            exit = conclude();
        } catch (IOException e) {
            exit = new Exit.Lost(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        } finally {
            ended.complete(closing.get() ? new Exit.Stopped() : exit);
        }
    }

    private void read(InputStream printed) {
        try {
            if (terminal) {
                byte[] buffer = new byte[BUFFER];
                for (int count = printed.read(buffer); count >= 0; count = printed.read(buffer)) {
                    take(Stream.OUT, ByteBuffer.wrap(buffer, 0, count));
                }
            } else {
                new Frames(printed, this::take).handOver();
            }
        } catch (IOException e) {
            LOG.debug("the output of a visit to container {} ends: {}", container.id(), e.getMessage());
        }
    }

    private void take(Stream stream, ByteBuffer bytes) {
        try {
            if (stream == Stream.ERR) {
                output.err(bytes);
            } else {
                output.out(bytes);
            }
        } catch (IOException e) {
            close();
        }
    }

    private Exit conclude() throws IOException, InterruptedException {
        end(places.end());
        OptionalInt code = exec.awaitCode();
        // The end of the job kills whatever is in its container.
        boolean over = code.isEmpty() || (code.getAsInt() == KILLED && job.endsWithin(GRACE));
        return over ? new Exit.Stopped() : new Exit.Code(code.getAsInt());
    }

    /** Runs what ends its processes; a container that has ended has none. */
    private void end(String commands) throws InterruptedException {
        try {
            Exec.run(container, commands);
        } catch (IOException e) {
            LOG.debug("processes of a visit to container {}: {}", container.id(), e.getMessage());
        }
    }

    @Override
    public void give(byte[] bytes, int offset, int length) throws IOException {
        talk.give(bytes, offset, length);
    }

    @Override
    public void endInput() {
        try {
            if (terminal) { // its end of file is a key
                talk.give("\u0004".getBytes(UTF_8), 0, 1);
            } else {
                talk.endInput();
            }
        } catch (IOException e) {
            LOG.debug("a visit has ended before its input", e);
        }
    }

    @Override
    public void resize(Entry.Terminal size) {
        if (isNews(size)) {
            Thread.ofVirtual().name("container-size").start(this::tellSize);
        }
    }

    /** Whether somebody has to tell this size; else whoever tells one already does. */
    private boolean isNews(Entry.Terminal size) {
        return terminal && size.columns() > 0 && size.lines() > 0 && wanted.getAndSet(size) == null;
    }

    private void tellSize() {
        try {
            Entry.Terminal size = wanted.get();
            while (size != null) {
                exec.resize(size.columns(), size.lines());
                size = wanted.compareAndSet(size, null) ? null : wanted.get();
            }
        } catch (EngineException e) {
            LOG.debug("a terminal in container {} has no size: {}", container.id(), e.getMessage());
            wanted.set(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Exit await() throws IOException, InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true) && !ended.isDone()) {
            Thread.ofVirtual().name("container-visit-end").start(this::leave);
        }
    }

    private void hangUp() {
        try {
            talk.close();
        } catch (IOException e) {
            LOG.debug("closing a talk with an engine failed", e);
        }
    }

    private void leave() {
        try {
            end(places.ask());
            ended.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.debug("a visit to container {} does not end by itself", container.id());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            try {
                end(places.end());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            hangUp();
        }
    }
}
