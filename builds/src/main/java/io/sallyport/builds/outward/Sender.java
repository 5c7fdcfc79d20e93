package io.sallyport.builds.outward;

import io.sallyport.builds.schedule.Alarm;
import io.sallyport.builds.secret.DamagedSecretException;
import io.sallyport.database.DatabaseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits in the outbox. One thread decides which report is next; each is sent by a virtual thread of its own, so
 * many at once as may be, half of them of one project at most, and of one report one state after the other.
 */
final class Sender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final Duration FAR = Duration.ofDays(1);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int TRIES_WHEN_REFUSED = 3;
    private static final int IN_A_ROW = 20;
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private final ReportOutbox outbox;
    private final ReportStore store;
    private final Post post;
    private final ReportLimits limits;
    private final Backoff backoff;
    private final InstantSource clock;
    private final Alarm alarm;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Errand> underWay = new HashMap<>(); // by report; guarded by the lock, as what follows
    private final Map<Long, Instant> held = new HashMap<>(); // by report: what failed and could not be written down
    private volatile boolean closed;

    Sender(ReportOutbox outbox, ReportStore store, Post post, ReportLimits limits, InstantSource clock) {
        this.outbox = outbox;
        this.store = store;
        this.post = post;
        this.limits = limits;
        this.backoff = new Backoff(limits.firstRetry(), limits.longestRetry());
        this.clock = clock;
        this.alarm = new Alarm(clock);
        this.thread = Thread.ofPlatform().name("reports").unstarted(this::work);
    }

    private record Errand(long project, Thread thread) {}

    void start() {
        thread.start();
    }

    /** Something may wait that did not. */
    void wake() {
        alarm.wake();
    }

    /** Begins nothing any more, gives what is under way a moment to end, and leaves the rest in the outbox. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        boolean interrupted = join(thread, Duration.ofDays(1));
        Instant end = Instant.now().plus(GRACE);
        for (Thread each : errands()) {
            interrupted |= join(each, Duration.between(Instant.now(), end));
            each.interrupt();
        }
        for (Thread each : errands()) {
            interrupted |= join(each, GRACE);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Thread> errands() {
        lock.lock();
        try {
            return underWay.values().stream().map(Errand::thread).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long at most for a thread to end; true when this one was interrupted meanwhile. */
    private static boolean join(Thread other, Duration most) {
        try {
            if (most.isPositive()) {
                other.join(most);
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void work() {
        while (!closed) {
            try {
                alarm.await(look());
            } catch (InterruptedException e) {
                if (!closed) {
                    LOG.warn("the thread of the reports was interrupted", e);
                }
            }
        }
    }

    /** Begins all that may begin; the answer is when to look again. */
    private Instant look() {
        Instant now = clock.instant();
        try {
            Instant next = now.plus(FAR);
            List<ReportOutbox.Waiting> all = outbox.waiting();
            for (ReportOutbox.Waiting waiting : all) {
                Instant from = from(waiting);
                if (!from.isAfter(now)) {
                    begin(waiting);
                } else if (from.isBefore(next)) {
                    next = from;
                }
            }
            return next;
        } catch (DatabaseException e) {
            LOG.error("what is to be reported cannot be read; it waits", e);
            return now.plus(limits.longestRetry());
        }
    }

    private Instant from(ReportOutbox.Waiting waiting) {
        lock.lock();
        try {
            Instant until = held.getOrDefault(waiting.report(), Instant.MIN);
            return until.isAfter(waiting.from()) ? until : waiting.from();
        } finally {
            lock.unlock();
        }
    }

    private void begin(ReportOutbox.Waiting waiting) {
        lock.lock();
        try {
            long ofProject = underWay.values().stream()
                    .filter(errand -> errand.project() == waiting.project())
                    .count();
            if (closed
                    || underWay.containsKey(waiting.report())
                    || underWay.size() >= limits.atOnce()
                    || ofProject >= Math.max(1, limits.atOnce() / 2)) {
                return;
            }
            Thread errand =
                    Thread.ofVirtual().name("report-" + waiting.report()).unstarted(() -> run(waiting.report()));
            underWay.put(waiting.report(), new Errand(waiting.project(), errand));
            errand.start();
        } finally {
            lock.unlock();
        }
    }

    /** Sends what waits of a report, until something fails or others have waited long enough. */
    private void run(long report) {
        Optional<Instant> hold = Optional.of(clock.instant().plus(limits.longestRetry()));
        try {
            for (int sent = 0; sent < IN_A_ROW && !closed; sent++) {
                Optional<Delivery> delivery = outbox.next(report);
                if (delivery.isEmpty() || !deliver(delivery.get())) {
                    break;
                }
            }
            hold = Optional.empty();
        } catch (InterruptedException e) {
            LOG.debug("report {} is sent another time", report); // the gateway ends
        } catch (DatabaseException e) {
            LOG.error("what came of report {} cannot be read or written; it is sent again", report, e);
        } catch (RuntimeException e) {
            LOG.error("bug: report {}", report, e);
        } finally {
            lock.lock();
            try {
                underWay.remove(report);
                held.remove(report);
                hold.ifPresent(until -> held.put(report, until));
            } finally {
                lock.unlock();
            }
            alarm.wake();
        }
    }

    /** True when the next one may follow at once. */
    private boolean deliver(Delivery delivery) throws InterruptedException {
        Verdict verdict = verdict(delivery);
        Instant now = clock.instant();
        Report report = delivery.report();
        Instant usual = now.plus(backoff.after(
                report.course().failures() + 1, ThreadLocalRandom.current().nextDouble()));
        switch (verdict) {
            case Verdict.Taken taken -> {
                outbox.taken(delivery, taken.words(), now);
                LOG.debug("reported {} of build {} to {}", delivery.state(), delivery.build(), report.name());
                return true;
            }
            case Verdict.Later later -> {
                Duration wish = later.asked().orElse(Duration.ZERO);
                Duration bounded = wish.compareTo(limits.keepTrying()) < 0 ? wish : limits.keepTrying();
                Instant asked = now.plus(bounded);
                fail(delivery, later.words(), limits.tries(), now, asked.isAfter(usual) ? asked : usual);
            }
            case Verdict.Refused refused -> fail(delivery, refused.words(), TRIES_WHEN_REFUSED, now, usual);
            case Verdict.Hopeless hopeless -> fail(delivery, hopeless.words(), 1, now, usual);
        }
        return false;
    }

    private void fail(Delivery delivery, String words, int mostTries, Instant now, Instant retry) {
        int tries = delivery.tries() + 1;
        boolean over = tries >= Math.min(mostTries, limits.tries())
                || !now.isBefore(delivery.time().plus(limits.keepTrying()));
        if (over) {
            outbox.givenUp(
                    delivery, words + "; given up after " + tries + (tries == 1 ? " try" : " tries"), now, retry);
        } else {
            outbox.failed(delivery, words, now, retry);
        }
        LOG.warn(
                "report {} project={} report={} build={} state={} tries={} why={}",
                over ? "given up" : "failed",
                delivery.report().project(),
                delivery.report().name(),
                delivery.build(),
                delivery.state().label(),
                tries,
                words);
    }

    private Verdict verdict(Delivery delivery) throws InterruptedException {
        try {
            Optional<String> token = store.token(delivery.report());
            if (token.isEmpty()) {
                return new Verdict.Hopeless(delivery.report()
                        .secret()
                        .map(name -> "the project has no secret " + name)
                        .orElse("its token is not there any more: put it again"));
            }
            if (!TOKEN.matcher(token.get()).matches()) {
                return new Verdict.Hopeless("its secret is no token: it has blanks, line ends or other characters");
            }
            Message message = Messages.of(delivery, token.get(), clock.instant());
            Reply reply = post.send(message, delivery.tries());
            return Verdict.of(delivery.report().settings().kind(), reply, clock.instant());
        } catch (DamagedSecretException e) {
            LOG.error("the token of a report cannot be opened", e);
            return new Verdict.Hopeless("its token is damaged: put it again");
        } catch (DatabaseException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error(
                    "bug: report {} of {}",
                    delivery.report().name(),
                    delivery.report().project(),
                    e);
            return new Verdict.Hopeless("a fault of the gateway; its log says more");
        }
    }
}
