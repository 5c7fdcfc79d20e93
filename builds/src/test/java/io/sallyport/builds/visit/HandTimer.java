package io.sallyport.builds.visit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer whose time is set by hand. */
final class HandTimer extends ScheduledThreadPoolExecutor {
    private static final long NEVER = 1_000_000;

    private final List<Alarm> alarms = new ArrayList<>(); // guarded by this
    private volatile Instant now;

    private record Alarm(Instant due, Callable<?> command, ScheduledFuture<?> future) {}

    HandTimer(Instant now) {
        super(1);
        this.now = now;
    }

    Instant now() {
        return now;
    }

    @Override
    public synchronized <V> ScheduledFuture<V> schedule(Callable<V> command, long delay, TimeUnit unit) {
        ScheduledFuture<V> future = super.schedule(command, NEVER, TimeUnit.DAYS);
        alarms.add(new Alarm(now.plus(Duration.of(delay, unit.toChronoUnit())), command, future));
        return future;
    }

    /** Lets that much time pass. */
    void pass(Duration time) throws Exception {
        List<Alarm> ringing;
        synchronized (this) {
            now = now.plus(time);
            alarms.removeIf(alarm -> alarm.future().isCancelled());
            ringing = alarms.stream().filter(alarm -> !alarm.due().isAfter(now)).toList();
            alarms.removeAll(ringing);
        }
        for (Alarm alarm : ringing) {
            alarm.command().call();
        }
    }
}
