package io.sallyport.builds.schedule;

import io.sallyport.builds.OwnThread;
import io.sallyport.builds.Project;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.engine.Engine;
import io.sallyport.database.DatabaseException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schedules of all projects. One thread waits for the next that is due and makes its build, one after the other.
 * For each time that a schedule was due there is one build at most, whatever happens to the gateway: the time stays due
 * until it was recorded what came of it, and its build is made under a key of schedule and time. Methods may be called
 * from any thread.
 */
public final class Schedules implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(1);
    private static final Duration FAR = Duration.ofDays(1);
    private static final Duration SLEW = Duration.ofMinutes(1);
    private static final int AT_ONCE = 1000;

    private final ScheduleStore store;
    private final ScheduleLimits limits;
    private final InstantSource clock;
    private final Firing firing;
    private final Alarm alarm;
    private final Map<Long, Instant> triedAgain = new HashMap<>(); // this and the next: of the thread alone
    private Instant seen = Instant.MAX; // on the clock, which may be set back
    private final OwnThread thread;
    private volatile boolean closed;

    private Schedules(ScheduleStore store, ScheduleLimits limits, InstantSource clock, Firing firing) {
        this.store = store;
        this.limits = limits;
        this.clock = clock;
        this.firing = firing;
        this.alarm = new Alarm(clock);
        this.thread = new OwnThread(Thread.ofPlatform().name("schedules").unstarted(this::work));
    }

    /**
     * Begins to make builds of schedules, first those that were due while there was no gateway: of each schedule one,
     * for the latest time within {@link ScheduleLimits#catchUp}.
     *
     * @param rights asked before each build
     * @param words for why a build was refused
     */
    public static Schedules start(
            ScheduleStore store,
            Engine engine,
            ScheduleLimits limits,
            ScheduleRights rights,
            Function<Refusal, String> words,
            InstantSource clock) {
        Schedules schedules = new Schedules(store, limits, clock, new Firing(store, engine, rights, words));
        schedules.thread.start();
        return schedules;
    }

    /** All of a project, in the order of their names. */
    public List<Schedule> list(Project project) {
        return store.list(project);
    }

    /**
     * Makes a schedule, or replaces the settings of the one of that name, which is not paused then.
     *
     * @param owner who writes it, in whose name its builds will be submitted
     */
    public ScheduleStore.Put put(Project project, String name, ScheduleSettings settings, String owner) {
        ScheduleStore.Put put = store.put(project, name, settings, owner, clock.instant(), limits.perProject());
        alarm.wake();
        return put;
    }

    /** Removes a schedule, on somebody's word; its builds stay. False when there was none. */
    public boolean remove(Project project, String name, String by) {
        return store.remove(project, name, by);
    }

    /** Pauses all schedules of somebody who is removed: whoever gets the name after them is somebody else. */
    public void ownerIsGone(String owner) {
        store.pauseAllOf(owner, new Schedule.Note(clock.instant(), owner + " is no identity any more"));
    }

    /** Looks at the clock again, which has been set. */
    void wake() {
        alarm.wake();
    }

    /** Makes no more builds. Repeated calls do nothing. */
    @Override
    public void close() {
        closed = true;
        thread.close();
    }

    private void work() {
        while (!closed) {
            try {
                alarm.await(look());
            } catch (InterruptedException e) {
                if (!closed) {
                    LOG.warn("the thread of the schedules was interrupted", e);
                }
            }
        }
    }

    /** Deals with all that are due; the answer is when to look again. */
    private Instant look() throws InterruptedException {
        Instant now = clock.instant();
        try {
            if (now.plus(SLEW).isBefore(seen)) {
                store.recall(now);
            }
            seen = now;
            List<Schedule> due = store.due(now, AT_ONCE);
            triedAgain.keySet().removeIf(id -> due.stream().noneMatch(schedule -> schedule.id() == id));
            for (Schedule schedule : due) {
                if (closed) {
                    return now;
                }
                if (!now.isBefore(triedAgain.getOrDefault(schedule.id(), Instant.MIN))) {
                    Optional<Schedule> still = store.stillDue(schedule); // the turns before may have taken long
                    if (still.isPresent()) {
                        tend(still.get(), now);
                    }
                }
            }
            Instant next = store.nextDue(now).orElse(now.plus(FAR));
            return triedAgain.values().stream().reduce(next, (one, other) -> one.isBefore(other) ? one : other);
        } catch (DatabaseException e) {
            LOG.error("schedules cannot be read or written; they wait", e);
            return now.plus(BETWEEN_TRIES);
        }
    }

    private void tend(Schedule schedule, Instant now) throws InterruptedException {
        Cron cron = schedule.settings().cron();
        Instant next = cron.next(now);
        Optional<Instant> time = latest(cron, schedule.due().orElseThrow(), now);
        Fired fired = time.isEmpty()
                ? new Fired.Skipped("the gateway was down for more than "
                        + limits.catchUp().toHours() + " hours after it was due at "
                        + schedule.due().get())
                : fired(schedule, time.get());
        triedAgain.remove(schedule.id());
        switch (fired) {
            case Fired.Made made -> {
                store.made(schedule, made.build(), time.orElse(now), next);
                LOG.info(
                        "schedule built project={} schedule={} due={} build={}",
                        schedule.project(),
                        schedule.name(),
                        time.orElse(now),
                        made.build());
            }
            case Fired.Skipped skipped -> {
                store.skipped(schedule, new Schedule.Note(now, skipped.words()), next);
                LOG.warn(
                        "schedule skipped project={} schedule={} why={}",
                        schedule.project(),
                        schedule.name(),
                        skipped.words());
            }
            case Fired.Paused paused -> {
                store.paused(schedule, new Schedule.Note(now, paused.words()));
                LOG.warn(
                        "schedule paused project={} schedule={} why={}",
                        schedule.project(),
                        schedule.name(),
                        paused.words());
            }
            case Fired.Later later -> {
                triedAgain.put(schedule.id(), now.plus(BETWEEN_TRIES));
                note(schedule, new Schedule.Note(now, later.words()));
            }
        }
    }

    /** A time that has to wait stays due. */
    private void note(Schedule schedule, Schedule.Note why) {
        boolean known = schedule.problem()
                .filter(note -> note.words().equals(why.words()))
                .isPresent();
        if (!known) {
            store.waits(schedule, why);
            LOG.warn("schedule waits project={} schedule={} why={}", schedule.project(), schedule.name(), why.words());
        }
    }

    /** A fault with one schedule is none of the others. */
    private Fired fired(Schedule schedule, Instant time) throws InterruptedException {
        try {
            return firing.fire(schedule, time);
        } catch (IOException | DatabaseException e) {
            LOG.error("schedule {} of {} cannot be built now", schedule.name(), schedule.project(), e);
            return new Fired.Later("the gateway's storage failed: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("bug: schedule {} of {}", schedule.name(), schedule.project(), e);
            return new Fired.Skipped("a fault of the gateway; its log says more");
        }
    }

    /** The latest time that is due and not too old, of all since the first that was not dealt with. */
    private Optional<Instant> latest(Cron cron, Instant first, Instant now) {
        Instant oldest = now.minus(limits.catchUp());
        Instant time = first.isBefore(oldest) ? cron.next(oldest.minusMillis(1)) : first;
        Optional<Instant> latest = Optional.empty();
        while (!time.isAfter(now)) {
            latest = Optional.of(time);
            time = cron.next(time);
        }
        return latest;
    }
}
