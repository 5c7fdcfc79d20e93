package io.sallyport.builds.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongFunction;

/**
 * The builds that are in memory, each with the messages that it has not heard yet. A build hears its messages on a
 * virtual thread that ends when there are none; so one that waits costs no thread, and one that rests is not even in
 * memory: the next message reads it from its record again. May be used by any thread.
 */
final class LiveBuilds {
    private final LongFunction<BuildRun> runs;
    private final Map<Long, Mailbox> live = new HashMap<>(); // guarded by this, like what is in it
    private int busy;
    private int stalled;

    /**
     * No builds.
     *
     * @param runs makes a build that has nothing in memory yet
     */
    LiveBuilds(LongFunction<BuildRun> runs) {
        this.runs = runs;
    }

    /** A build's messages, and whether a thread hears them. */
    private static final class Mailbox {
        final BuildRun run;
        final Queue<Message> messages = new ArrayDeque<>();
        boolean heard;

        Mailbox(BuildRun run) {
            this.run = run;
        }
    }

    /** Tells a build something; returns at once. */
    synchronized void post(long build, Message message) {
        Mailbox mailbox = live.computeIfAbsent(build, id -> new Mailbox(runs.apply(id)));
        mailbox.messages.add(message);
        if (!mailbox.heard) {
            mailbox.heard = true;
            busy++;
            Thread.ofVirtual().name("build-" + build).start(() -> hear(build, mailbox));
        }
    }

    /** Tells all builds that are in memory. */
    synchronized void postAll(Message message) {
        List.copyOf(live.keySet()).forEach(build -> post(build, message));
    }

    /** Waits until there is no message that was not heard. */
    synchronized void awaitQuiet() throws InterruptedException {
        while (busy > 0) {
            wait();
        }
    }

    /** A build that hears messages has to wait for storage, until {@link #goesOn}. */
    synchronized void stalls() {
        stalled++;
        notifyAll();
    }

    /** Storage does not hold up that build any more. */
    synchronized void goesOn() {
        stalled--;
    }

    /** Waits until messages that were not heard are of builds that wait for storage. */
    synchronized void awaitStill() throws InterruptedException {
        while (busy > stalled) {
            wait();
        }
    }

    private void hear(long build, Mailbox mailbox) {
        for (List<Message> batch = take(build, mailbox); !batch.isEmpty(); batch = take(build, mailbox)) {
            mailbox.run.hear(batch);
        }
    }

    /** All there is now; when that is nothing, the build may leave. */
    private synchronized List<Message> take(long build, Mailbox mailbox) {
        List<Message> batch = new ArrayList<>(mailbox.messages);
        mailbox.messages.clear();
        if (batch.isEmpty()) {
            mailbox.heard = false;
            if (mailbox.run.rests()) {
                live.remove(build);
            }
            busy--;
            notifyAll();
        }
        return batch;
    }
}
