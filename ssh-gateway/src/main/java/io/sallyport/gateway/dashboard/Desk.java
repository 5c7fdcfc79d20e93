package io.sallyport.gateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.gateway.dashboard.house.House;
import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Frame;
import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.gateway.dashboard.screen.Look;
import io.sallyport.gateway.dashboard.screen.Tone;
import io.sallyport.gateway.dashboard.view.Prompt;
import io.sallyport.gateway.dashboard.view.Step;
import io.sallyport.gateway.dashboard.view.View;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that one dashboard shows, and the one lock that it is read and changed under. Keys, events and painting have threads of their
 * own; none of them waits for anything while it holds the lock.
 */
final class Desk {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private static final Duration SAID = Duration.ofSeconds(10);
    private static final int LEAST_COLUMNS = 30;
    private static final int LEAST_LINES = 8;
    private static final int FOOT = 2;

    private final House house;
    private final Look look;
    private final Clock clock;
    private final String identity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Deque<View> views = new ArrayDeque<>(); // guarded by the lock, like what follows
    private @Nullable Prompt prompt;
    private String said = "";
    private Tone saidIn = Tone.PLAIN;
    private Instant saidAt = Instant.EPOCH;
    private int columns;
    private int lines;
    private boolean helping;
    private boolean changed = true;
    private boolean forgotten;
    private boolean covered;
    private boolean closed;

    Desk(House house, Look look, Clock clock, String identity) {
        this.house = house;
        this.look = look;
        this.clock = clock;
        this.identity = identity;
    }

    /** The screen has this size from now on. */
    void resize(int nowColumns, int nowLines) {
        locked(() -> {
            columns = nowColumns;
            lines = nowLines;
        });
    }

    /** There is something else to draw. From any thread. */
    void change() {
        locked(() -> {});
    }

    /** Reads or moves on the house. */
    void update(Consumer<House> how) {
        locked(() -> how.accept(house));
    }

    /** Whether what is shown goes by how the nodes are. */
    boolean showsNodes() {
        lock.lock();
        try {
            return house.showsNodes();
        } finally {
            lock.unlock();
        }
    }

    /** Something has happened; the answer is what it leads to, see {@link #key}. */
    List<Step> heard(JsonNode event) {
        lock.lock();
        try {
            changed = true;
            moved.signalAll();
            house.heard(clock.instant(), event);
            return views.stream().map(view -> take(view.heard(event))).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Shows a view over the others. */
    void open(View view) {
        locked(() -> views.push(view));
    }

    /** Tells something in the last lines, for a while. */
    void say(String words, Tone tone) {
        locked(() -> {
            said = words;
            saidIn = tone;
            saidAt = clock.instant();
        });
    }

    /** The view that is seen. */
    Optional<View> top() {
        lock.lock();
        try {
            return Optional.ofNullable(views.peek());
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is drawn until {@link #expose}. */
    void cover() {
        locked(() -> covered = true);
    }

    /** It is drawn again. */
    void expose() {
        locked(() -> covered = false);
    }

    /** Nothing is drawn any more. Repeated calls do nothing. */
    void close() {
        locked(() -> {
            closed = true;
            views.forEach(View::close);
        });
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed = true;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What a key leads to, as far as somebody else has to see to it: {@link Step.Quit}, {@link Step.Enter} and {@link Step.Do} alone. */
    Step key(Key key) {
        lock.lock();
        try {
            changed = true;
            moved.signalAll();
            if (key.name() == Key.Name.REDRAW) {
                forgotten = true;
                return new Step.Stay();
            }
            if (key.name() == Key.Name.INTERRUPT || key.name() == Key.Name.END_OF_INPUT) {
                return new Step.Quit();
            }
            Prompt open = prompt;
            if (open != null) {
                Step step = open.key(key);
                if (step instanceof Step.Unknown) {
                    return new Step.Stay();
                }
                prompt = null;
                return take(step);
            }
            if (helping) {
                helping = false;
                return new Step.Stay();
            }
            saidAt = Instant.EPOCH;
            View top = views.peek();
            Step step = top == null ? new Step.Quit() : top.key(key);
            return step instanceof Step.Unknown ? usual(key) : take(step);
        } finally {
            lock.unlock();
        }
    }

    private Step usual(Key key) {
        if (key.is('?')) {
            helping = true;
            return new Step.Stay();
        }
        if (key.is('q') || key.name() == Key.Name.ESCAPE || key.name() == Key.Name.BACKSPACE) {
            return take(views.size() > 1 ? new Step.Back() : key.is('q') ? new Step.Quit() : new Step.Stay());
        }
        return new Step.Stay();
    }

    /** Does what can be done at once. */
    Step take(Step step) {
        lock.lock();
        try {
            changed = true;
            moved.signalAll();
            switch (step) {
                case Step.Stay stay -> {}
                case Step.Unknown unknown -> {}
                case Step.Open open -> {
                    if (closed) {
                        open.view().close();
                    } else {
                        views.push(open.view());
                    }
                }
                case Step.Back back -> views.pop().close();
                case Step.Then then -> then.change().run();
                case Step.Ask ask -> prompt = ask.prompt();
                case Step.Say say -> say(say.words(), say.tone());
                case Step.Quit quit -> {
                    return quit;
                }
                case Step.Enter enter -> {
                    return enter;
                }
                case Step.Do task -> {
                    return task;
                }
            }
            return new Step.Stay();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does what may wait, and what comes of it, on the calling thread, which must not hold the lock.
     *
     * @return {@link Step.Quit}, {@link Step.Enter}, or {@link Step.Stay}
     * @throws InterruptedException when interrupted
     */
    Step finish(Step step) throws InterruptedException {
        Step now = step;
        while (now instanceof Step.Do task) {
            now = take(task.errand().run());
        }
        return now;
    }

    /** What is to be painted. */
    record Picture(Frame frame, boolean anew) {}

    /**
     * Waits for something else to draw, for so long at most, and draws it; null when the dashboard is covered or closed.
     *
     * @throws InterruptedException when interrupted
     */
    @Nullable
    Picture await(Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (!changed && !covered && !closed && left > 0) {
                left = moved.awaitNanos(left);
            }
            if (covered || closed) {
                return null;
            }
            changed = false;
            boolean anew = forgotten;
            forgotten = false;
            return new Picture(draw(clock.instant()), anew);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the end, for so long at most; whether it has come. */
    boolean awaitClose(Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long end = System.nanoTime() + most.toNanos();
            long left = most.toNanos();
            while (!closed && left > 0) {
                moved.await(left, TimeUnit.NANOSECONDS);
                left = end - System.nanoTime();
            }
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private Frame draw(Instant now) {
        Frame frame = new Frame(columns, lines, look.unicode());
        Area all = frame.area();
        if (columns < LEAST_COLUMNS || lines < LEAST_LINES) {
            all.fit(0, 0, columns, "too small", Tone.PLAIN);
            return frame;
        }
        top(all, now);
        View view = views.peek();
        if (view != null) {
            Area body = all.part(0, 1, columns, lines - 1 - FOOT);
            view.draw(body, now);
            if (helping) {
                help(body, view.hints());
            }
            foot(all.below(lines - FOOT), view, now);
        }
        return frame;
    }

    private void top(Area all, Instant now) {
        View view = views.peek();
        all.put(1, 0, "Sallyport", Tone.STRONG);
        int at = all.put(11, 0, view == null ? "" : view.title(), Tone.PLAIN);
        String right = identity + "  " + CLOCK.format(now) + " ";
        int width = Area.length(right, columns / 2);
        String stop = house.draining().orElse("");
        all.fit(at + 2, 0, columns - width - at - 3, stop, Tone.BAD);
        all.right(columns - width, 0, width, right, Tone.PLAIN);
        all.wash(0, Tone.BAR);
    }

    private void foot(Area foot, View view, Instant now) {
        Prompt open = prompt;
        if (open != null) {
            open.draw(foot.part(0, 0, columns, 1));
        } else if (Duration.between(saidAt, now).compareTo(SAID) < 0) {
            foot.fit(1, 0, columns - 1, said, saidIn);
        }
        int at = 1;
        for (View.Hint hint : view.hints()) {
            at = hint(foot, at, hint, columns - 16);
        }
        at = hint(foot, at, new View.Hint("?", "keys"), columns);
        hint(foot, at, new View.Hint("q", views.size() > 1 ? "back" : "quit"), columns);
    }

    private static int hint(Area foot, int column, View.Hint hint, int end) {
        if (column + hint.key().length() + 1 + hint.does().length() > end) {
            return column;
        }
        int at = foot.put(column, 1, hint.key(), Tone.KEY);
        return foot.put(at + 1, 1, hint.does(), Tone.PLAIN) + 2;
    }

    private void help(Area body, List<View.Hint> hints) {
        List<View.Hint> all = Help.of(hints);
        int height = Math.min(all.size() + 2, body.height());
        int width = Math.min(Help.WIDTH, body.width());
        Area box = body.part((body.width() - width) / 2, (body.height() - height) / 2, width, height);
        for (int line = 0; line < height; line++) {
            box.put(0, line, " ".repeat(width), Tone.PLAIN);
            box.put(0, line, "│", Tone.QUIET);
            box.put(width - 1, line, "│", Tone.QUIET);
        }
        box.put(0, 0, "┌" + "─".repeat(width - 2) + "┐", Tone.QUIET);
        box.put(0, height - 1, "└" + "─".repeat(width - 2) + "┘", Tone.QUIET);
        for (int i = 0; i < height - 2; i++) {
            box.put(2, i + 1, all.get(i).key(), Tone.KEY);
            box.fit(Help.KEYS, i + 1, width - Help.KEYS - 1, all.get(i).does(), Tone.PLAIN);
        }
    }
}
