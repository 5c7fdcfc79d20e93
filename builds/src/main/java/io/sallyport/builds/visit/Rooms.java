package io.sallyport.builds.visit;

import io.sallyport.builds.Build;
import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that somebody may be let into: those whose script runs, and failed ones that are kept. Whoever asks has been
 * allowed to. May be used by any thread.
 */
public final class Rooms implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    /** Waits without any program that an image may lack: for a shell that has stopped itself. */
    private static final List<String> IDLE = List.of("/bin/sh -c 'kill -STOP $$' & wait $!");

    private final VisitSettings settings;
    private final VisitStore store;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final Map<Room.Key, Room> rooms = new HashMap<>(); // guarded by this, like what follows
    private final Set<Pass> passes = new HashSet<>();
    private boolean closed;

    /** None yet. */
    public Rooms(VisitSettings settings, VisitStore store, ScheduledExecutorService timer, InstantSource clock) {
        this.settings = settings;
        this.store = store;
        this.timer = timer;
        this.clock = clock;
    }

    /** The script of a job runs, from now until {@link #shut}. */
    public void open(long build, String job, Run run, JobOutput log) {
        Room.Key key = new Room.Key(build, job);
        synchronized (this) {
            rooms.put(key, new Room(key, run, Optional.of(log), Optional.empty()));
        }
    }

    /** The script of a job has ended. */
    public synchronized void shut(long build, String job) {
        rooms.remove(new Room.Key(build, job));
    }

    /** How long a failed job is kept for a submission that asks for that. */
    public Duration span(Duration wanted) {
        Duration span = wanted.isZero() ? settings.keepFailed() : wanted;
        return span.compareTo(settings.longestKeep()) < 0 ? span : settings.longestKeep();
    }

    /**
     * Keeps a failed job, and closes its run when its time is over. Returns at once.
     *
     * @param run of which nothing runs
     * @param environment of its commands
     * @param span see {@link #span}
     * @return until when, if nobody is in it; empty when it is not kept, and its run closed
     */
    public Optional<Instant> keep(long build, String job, Run run, Map<String, String> environment, Duration span) {
        Keeping keeping = new Keeping(clock.instant(), span, settings.longestKeep());
        Room room = new Room(new Room.Key(build, job), run, Optional.empty(), Optional.of(keeping));
        boolean is;
        List<Room> tooMany;
        synchronized (this) {
            is = !closed && settings.kept() > 0;
            if (is) {
                rooms.put(room.key(), room);
                ring(room, keeping);
            }
            tooMany = is ? tooMany() : List.of();
        }
        tooMany.forEach(oldest -> vacate(oldest, "other failed jobs are kept instead (shell.kept)"));
        Thread.ofVirtual().name("kept-" + build + "-" + job).start(() -> {
            if (is) {
                idle(room, keeping, new Commands(IDLE, environment));
            } else {
                run.close();
            }
        });
        return is ? Optional.of(keeping.until()) : Optional.empty();
    }

    private List<Room> tooMany() {
        List<Room> kept = new ArrayList<>(rooms.values().stream()
                .filter(room -> room.keeping().isPresent())
                .toList());
        kept.sort(Comparator.comparing(room -> room.keeping().orElseThrow().until()));
        return kept.subList(0, Math.max(0, kept.size() - settings.kept()));
    }

    /** Something has to run, for others to be let in beside it. */
    private void idle(Room room, Keeping keeping, Commands commands) {
        try {
            room.run().start(commands, new Nothing());
            keeping.ready(true);
            room.run().await();
        } catch (IOException | IllegalStateException e) {
            LOG.warn(
                    "job {} of build {} cannot be kept",
                    room.key().job(),
                    room.key().build(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            keeping.ready(false);
            vacate(room, "it has ended");
        }
    }

    /** The output of what says nothing. */
    private static final class Nothing implements JobOutput {
        @Override
        public void out(ByteBuffer bytes) {
            bytes.position(bytes.limit());
        }

        @Override
        public void err(ByteBuffer bytes) {
            bytes.position(bytes.limit());
        }

        @Override
        public void system(String line) {}
    }

    private synchronized void ring(Room room, Keeping keeping) {
        keeping.alarm(timer.schedule(
                () -> Thread.ofVirtual().start(() -> look(room, keeping)),
                millisTo(keeping.next(clock.instant())),
                TimeUnit.MILLISECONDS));
    }

    /** Never too early. */
    private long millisTo(Instant time) {
        return Math.max(0, Duration.between(clock.instant(), time).toMillis() + 1);
    }

    /** Whether somebody is in counts when its time is over, not before. */
    private void look(Room room, Keeping keeping) {
        boolean over;
        Optional<String> words;
        synchronized (this) {
            if (!room.equals(rooms.get(room.key()))) {
                return;
            }
            Instant now = clock.instant();
            boolean longer = keeping.isOver(now) && isVisited(room) && keeping.extend(now);
            over = keeping.isOver(now);
            if (over) {
                remove(room);
            } else {
                ring(room, keeping);
            }
            words = warning(keeping, now)
                    .or(() -> longer
                            ? Optional.of("this job is kept until " + TIME.format(keeping.until()) + " now")
                            : Optional.empty());
        }
        if (over) {
            end(room, "its time is over");
        } else {
            words.ifPresent(told -> tell(room, told));
        }
    }

    private static Optional<String> warning(Keeping keeping, Instant now) {
        return keeping.isEnding(now)
                ? Optional.of("this job is kept no longer than until " + TIME.format(keeping.until())
                        + ": save what you need")
                : Optional.empty();
    }

    /** What who is in now has to know of the end of a room. */
    synchronized Optional<String> warning(Room room) {
        return room.keeping().flatMap(keeping -> warning(keeping, clock.instant()));
    }

    private synchronized boolean isVisited(Room room) {
        return passes.stream().anyMatch(pass -> pass.room().equals(room));
    }

    private void tell(Room room, String words) {
        List<Pass> there;
        synchronized (this) {
            there = passes.stream().filter(pass -> pass.room().equals(room)).toList();
        }
        there.forEach(pass -> pass.tell(words));
    }

    /** Keeps a job no longer; false when it was not kept. */
    public boolean vacate(long build, String job) {
        Room room;
        synchronized (this) {
            room = rooms.get(new Room.Key(build, job));
        }
        return room != null && room.keeping().isPresent() && vacate(room, "somebody has ended that");
    }

    private boolean vacate(Room room, String why) {
        boolean was = remove(room);
        if (was) {
            end(room, why);
        }
        return was;
    }

    /** From then on nobody gets in; false when that was so before. */
    private synchronized boolean remove(Room room) {
        boolean was = rooms.remove(room.key(), room);
        if (was) {
            room.keeping().ifPresent(keeping -> keeping.alarm(null));
        }
        return was;
    }

    private void end(Room room, String why) {
        tell(room, "this job is not kept any longer: " + why);
        room.run().close();
    }

    /** Until when which jobs of a build are kept, by their names. */
    public synchronized Map<String, Instant> kept(long build) {
        Map<String, Instant> kept = new TreeMap<>();
        for (Room room : rooms.values()) {
            if (room.key().build() == build && room.keeping().isPresent()) {
                kept.put(room.key().job(), room.keeping().get().until());
            }
        }
        return kept;
    }

    /**
     * Lets somebody in who may go in, if that can be.
     *
     * @param declared the ports that the job declares
     */
    public Entering enter(Build build, Job job, String by, Aim aim, List<Integer> declared) {
        if (aim instanceof Aim.Port port && !declared.contains(port.number())) {
            return new Entering.NoSuchPort(declared);
        }
        synchronized (this) {
            Room room = rooms.get(new Room.Key(build.id(), job.name()));
            if (room == null) {
                return job.state().ended()
                        ? new Entering.Over(job)
                        : job.state() == JobState.RUNNING ? new Entering.NotNow(job) : new Entering.NotBegun(job);
            }
            return full(room, by, aim).<Entering>map(full -> full).orElseGet(() -> {
                Pass pass = new Pass(this, store, room, by, aim);
                passes.add(pass);
                return new Entering.Admitted(pass);
            });
        }
    }

    private Optional<Entering.Full> full(Room room, String by, Aim aim) {
        return switch (aim) {
            case Aim.Port port ->
                over(
                        "shell.connections",
                        settings.connectionsPerIdentity(),
                        aim,
                        pass -> pass.by().equals(by));
            case Aim.Shell shell ->
                over("shell.atOnce", settings.shells(), aim, pass -> true)
                        .or(() -> over(
                                "shell.perIdentity",
                                settings.shellsPerIdentity(),
                                aim,
                                pass -> pass.by().equals(by)))
                        .or(() -> over(
                                "shell.perJob",
                                settings.shellsPerJob(),
                                aim,
                                pass -> pass.room().equals(room)));
        };
    }

    private Optional<Entering.Full> over(String setting, int limit, Aim aim, Predicate<Pass> counts) {
        long now = passes.stream()
                .filter(pass -> pass.aim().getClass() == aim.getClass())
                .filter(counts)
                .count();
        return now >= limit ? Optional.of(new Entering.Full(setting, limit)) : Optional.empty();
    }

    synchronized void giveBack(Pass pass) {
        passes.remove(pass);
    }

    /** Until when a room is there, if nobody is in it. */
    synchronized Optional<Instant> until(Room room) {
        return room.keeping().map(Keeping::until);
    }

    /** Whether somebody has been let into a job for the same before. */
    synchronized boolean isFirst(Pass one) {
        return passes.stream()
                .noneMatch(pass -> pass != one
                        && pass.room().equals(one.room())
                        && pass.by().equals(one.by())
                        && pass.aim().equals(one.aim()));
    }

    /** Keeps no failed job any longer. */
    @Override
    public void close() {
        List<Room> kept;
        synchronized (this) {
            closed = true;
            kept = rooms.values().stream()
                    .filter(room -> room.keeping().isPresent())
                    .toList();
        }
        kept.forEach(room -> vacate(room, "the gateway is going down"));
    }
}
