package io.sallyport.gateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.gateway.dashboard.house.Questions;
import io.sallyport.gateway.dashboard.house.Reply;
import io.sallyport.gateway.dashboard.screen.Tone;
import io.sallyport.gateway.dashboard.view.Step;
import io.sallyport.gateway.dashboard.view.View;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads the house as a whole when somebody wants it, on a thread of its own: not more often than the bounds say, only while it is shown,
 * and once a minute in any case, so that what may not be seen any more goes.
 */
final class Reading {
    private static final Duration IN_ANY_CASE = Duration.ofMinutes(1);
    private static final Duration WHERE_NOTHING_TELLS = Duration.ofSeconds(5);
    private static final int MOST_LISTED = 50;

    private final Desk desk;
    private final Questions questions;
    private final Bounds bounds;
    private final Clock clock;
    private final Semaphore wanted = new Semaphore(0);
    private final AtomicBoolean missed = new AtomicBoolean(); // of what the gateway as a whole tells
    private Optional<View> inSight = Optional.empty();

    Reading(Desk desk, Questions questions, Bounds bounds, Clock clock) {
        this.desk = desk;
        this.questions = questions;
        this.bounds = bounds;
        this.clock = clock;
    }

    /** It is to be read. From any thread. */
    void want() {
        if (wanted.availablePermits() == 0) {
            wanted.release();
        }
    }

    /** All of it, also what changes seldom: something may have been missed. From any thread. */
    void wantAll() {
        missed.set(true);
        want();
    }

    /** A key may have brought another view into sight, which is to be fresh. For one thread. */
    void noticed(Optional<View> top) {
        if (!top.equals(inSight)) {
            want();
        }
        inSight = top;
    }

    /** Reads until the desk is closed. */
    void run() {
        try {
            do {
                Optional<View> top = desk.top();
                if (top.isPresent() && top.get().showsHouse()) {
                    read();
                }
                Optional<Step.Errand> again = top.flatMap(View::again);
                if (again.isPresent()) {
                    desk.finish(new Step.Do(again.get()));
                }
                Duration most = again.isPresent() ? WHERE_NOTHING_TELLS : IN_ANY_CASE;
                if (wanted.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
                    wanted.drainPermits();
                }
            } while (!desk.awaitClose(bounds.refresh()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() throws InterruptedException {
        boolean all = missed.getAndSet(false);
        if (all && questions.get("/", Map.of()) instanceof Reply.Told gateway) {
            desk.update(house -> house.readGateway(gateway.body()));
        }
        if ((all || desk.showsNodes()) && questions.get("/nodes", Map.of()) instanceof Reply.Told nodes) {
            desk.update(house -> house.readNodes(nodes.body()));
        }
        String listed = Integer.toString(Math.min(bounds.rows(), MOST_LISTED));
        Reply running = questions.get(
                "/builds", Map.of("state", "running", "limit", Integer.toString(Math.min(bounds.rows(), 1000))));
        Reply newest = questions.get("/builds", Map.of("limit", listed));
        Reply queue = questions.get("/queue", Map.of());
        for (Reply reply : List.of(running, newest, queue)) {
            if (reply instanceof Reply.Refused refused) {
                desk.say(refused.problem().detail(), Tone.BAD);
                return;
            }
        }
        List<JsonNode> lists = List.of(newest.body(), running.body());
        desk.update(house -> {
            house.read(clock.instant(), lists);
            house.readQueue(queue.body());
        });
    }
}
