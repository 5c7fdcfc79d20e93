package io.sallyport.gateway.dashboard.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.gateway.dashboard.house.BuildRow;
import io.sallyport.gateway.dashboard.house.JobRow;
import io.sallyport.gateway.dashboard.log.LogName;
import io.sallyport.gateway.dashboard.log.LogPane;
import io.sallyport.gateway.dashboard.log.LogSearch;
import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.gateway.dashboard.screen.Tone;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The log of a build, or of one of its jobs, on the whole of the screen. */
final class LogView implements View {
    private static final int SIDEWAYS = 16;
    private static final int ABOVE = 3;
    private static final Pattern FAILURE = Pattern.compile("job .* (failed|timedout|errored)(:| \\().*");

    private final Seat seat;
    private final Supplier<BuildRow> build;
    private final LogPane pane;
    private String sought = "";
    private volatile long failure = -1;

    /** {@code build} is asked under the lock of the views; {@code job} is empty for all of them. */
    LogView(Seat seat, Supplier<BuildRow> build, String job) {
        this.seat = seat;
        this.build = build;
        this.pane =
                new LogPane(seat.questions(), new LogName(build.get().id(), job), seat.logCharacters(), seat.changed());
    }

    /** Shows the end. */
    void follow() {
        pane.follow();
    }

    /** Shows where the job has failed, or the end when that is not known. Waits. */
    void seekFailure() throws InterruptedException {
        OptionalLong found = find(false, Long.MAX_VALUE, LogView::tellsOfFailure);
        if (found.isPresent()) {
            pane.seek(found.getAsLong(), Integer.MAX_VALUE);
        } else {
            pane.follow();
        }
    }

    private static boolean tellsOfFailure(JsonNode record) {
        return record.path("stream").asText().equals("system")
                && FAILURE.matcher(record.path("text").asText().strip()).matches();
    }

    private OptionalLong find(boolean forward, long from, Predicate<JsonNode> wanted) throws InterruptedException {
        LogSearch search = new LogSearch(seat.questions(), pane.name());
        try {
            return forward ? search.after(from, wanted) : search.before(from, wanted);
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public String title() {
        String job = pane.name().job();
        return "build " + build.get().id() + " of " + build.get().project() + ", log"
                + (job.isEmpty() ? "" : " of " + job);
    }

    @Override
    public void draw(Area area, Instant now) {
        String job = pane.name().job();
        String state = build.get().jobs().stream()
                .filter(row -> row.name().equals(job))
                .map(JobRow::state)
                .findFirst()
                .orElse(build.get().state());
        Sign sign = Sign.of(state);
        int at = area.put(1, 0, sign.glyph() + " " + state, sign.tone());
        String where = pane.state().equals(state) ? "" : "· " + pane.state() + " ";
        String marked = sought.isEmpty() ? "" : "· /" + sought;
        area.fit(at + 1, 0, area.width() - at - 1, where + marked, Tone.QUIET);
        pane.draw(area.below(1));
    }

    @Override
    public Step key(Key key) {
        switch (key.name()) {
            case UP -> pane.move(-1);
            case DOWN, ENTER -> pane.move(1);
            case PAGE_UP -> pane.move(1 - pane.height());
            case PAGE_DOWN -> pane.move(pane.height() - 1);
            case HOME -> pane.home();
            case END -> pane.follow();
            case LEFT -> pane.shift(-SIDEWAYS);
            case RIGHT -> pane.shift(SIDEWAYS);
            default -> {
                return character(key);
            }
        }
        return new Step.Stay();
    }

    private Step character(Key key) {
        if (key.is('k')) {
            pane.move(-1);
        } else if (key.is('j')) {
            pane.move(1);
        } else if (key.is(' ')) {
            pane.move(pane.height() - 1);
        } else if (key.is('b')) {
            pane.move(1 - pane.height());
        } else if (key.is('g')) {
            pane.home();
        } else if (key.is('G') || key.is('F')) {
            pane.follow();
        } else if (key.is('/')) {
            return new Step.Ask(new Prompt.Text("look for:", this::begin));
        } else if (key.is('n') || key.is('N')) {
            return next(key.is('n'), pane.place());
        } else if (key.is('f')) {
            return new Step.Do(this::failure);
        } else {
            return new Step.Unknown();
        }
        return new Step.Stay();
    }

    private Step begin(String text) {
        sought = text;
        pane.mark(text);
        return text.isEmpty() ? new Step.Stay() : next(true, pane.place() - 1);
    }

    private Step next(boolean forward, long from) {
        if (sought.isEmpty()) {
            return new Step.Say("first look for something with /", Tone.WAITING);
        }
        String lower = sought.toLowerCase(Locale.ROOT);
        return new Step.Do(() -> {
            OptionalLong found = find(
                    forward,
                    from,
                    record -> record.path("text")
                            .asText()
                            .toLowerCase(Locale.ROOT)
                            .contains(lower));
            return found.isPresent()
                    ? new Step.Then(() -> pane.seek(found.getAsLong(), ABOVE))
                    : new Step.Say("'" + sought + "' is nowhere in this log", Tone.WAITING);
        });
    }

    /** The next one after the last that was shown. */
    private Step failure() throws InterruptedException {
        OptionalLong found = find(true, failure, LogView::tellsOfFailure);
        return found.isPresent()
                ? new Step.Then(() -> {
                    failure = found.getAsLong();
                    pane.seek(failure, Integer.MAX_VALUE);
                })
                : new Step.Say("no job has failed in this log", Tone.GOOD);
    }

    @Override
    public List<Hint> hints() {
        return List.of(
                new Hint("/", "look for"),
                new Hint("n", "next"),
                new Hint("N", "before"),
                new Hint("f", "failure"),
                new Hint("End", "follow"),
                new Hint("Home", "beginning"),
                new Hint("←→", "sideways"));
    }

    @Override
    public void close() {
        pane.close();
    }
}
