package io.sallyport.builds.visit;

import io.sallyport.builds.executor.Entry;
import io.sallyport.builds.executor.Visit;
import io.sallyport.builds.executor.VisitOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Somebody's leave to be in a job, once. Holds a place among all who are; may be closed by any thread. */
public final class Pass implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);

    private final Rooms rooms;
    private final VisitStore store;
    private final Room room;
    private final String by;
    private final Aim aim;
    private volatile Consumer<String> told = words -> {};
    private @Nullable Visit visit; // this and what follows: guarded by this
    private long record;
    private long begun;
    private boolean over;

    Pass(Rooms rooms, VisitStore store, Room room, String by, Aim aim) {
        this.rooms = rooms;
        this.store = store;
        this.room = room;
        this.by = by;
        this.aim = aim;
    }

    Room room() {
        return room;
    }

    String by() {
        return by;
    }

    Aim aim() {
        return aim;
    }

    void tell(String words) {
        told.accept(words);
    }

    /** Names who is told of what happens to the job meanwhile, from any thread; at once when its end is near. */
    public void onNews(Consumer<String> listener) {
        told = listener;
        rooms.warning(room).ifPresent(listener);
    }

    /** Until when the job is kept when nobody is in it; empty when it runs. */
    public Optional<Instant> keptUntil() {
        return rooms.until(room);
    }

    /**
     * Goes in. Once.
     *
     * @param entry for the aim that the pass was asked for
     * @return empty when the job has ended meanwhile
     * @throws IOException when that cannot be, with the words of what was in the way
     * @throws InterruptedException when the thread is interrupted
     */
    public Optional<Visit> enter(Entry entry, VisitOutput output) throws IOException, InterruptedException {
        if (room.keeping().isPresent() && !room.keeping().get().awaitReady()) {
            return Optional.empty();
        }
        announce();
        Optional<Visit> entered = room.run().enter(entry, output);
        boolean late;
        synchronized (this) {
            late = over;
            visit = entered.orElse(null);
        }
        if (late && entered.isPresent()) {
            entered.get().close();
            return Optional.empty();
        }
        return entered;
    }

    /** It is on record before it is done: whoever reads the result has to be able to know. */
    private void announce() throws IOException {
        switch (aim) {
            case Aim.Shell shell -> {
                say("a shell is opened by " + by);
                long number = store.opened(room.key(), by);
                synchronized (this) {
                    record = number;
                    begun = System.nanoTime();
                }
            }
            case Aim.Port port -> {
                if (rooms.isFirst(this)) {
                    say("port " + port.number() + " is used by " + by);
                }
            }
        }
    }

    private void say(String words) throws IOException {
        if (room.log().isPresent()) {
            room.log().get().system("NOTICE: " + words);
        }
    }

    /** Ends what is left of the visit, and gives the place back. Repeated calls do nothing. */
    @Override
    public void close() {
        Visit left;
        long number;
        Duration open;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            left = visit;
            number = record;
            open = Duration.ofNanos(System.nanoTime() - begun);
        }
        if (left != null) {
            left.close();
        }
        rooms.giveBack(this);
        if (number > 0) {
            store.closed(number, room.key(), by, open);
            LOG.info(
                    "shell closed build={} job={} by={} seconds={}",
                    room.key().build(),
                    room.key().job(),
                    by,
                    open.toSeconds());
        }
    }
}
