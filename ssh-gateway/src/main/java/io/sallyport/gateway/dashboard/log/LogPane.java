package io.sallyport.gateway.dashboard.log;

import io.sallyport.gateway.dashboard.house.Questions;
import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Style;
import io.sallyport.gateway.dashboard.screen.Tone;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log on the screen: its end as it comes, or a place in it. Used by one thread at a time; reading has one of its own. */
public final class LogPane implements AutoCloseable {
    private static final int GUTTER = 1;
    private static final int JOB = 14;

    private final Questions questions;
    private final LogName name;
    private final Runnable changed;
    private final LogWindow window;
    private boolean following = true;
    private long top;
    private OptionalLong sought = OptionalLong.empty();
    private int soughtLine;
    private int height = 1;
    private int shift;
    private String needle = "";
    private volatile String state = "";
    private @Nullable Thread feed;

    /** A log that nothing is read of yet; {@code most} characters of it are held. */
    public LogPane(Questions questions, LogName name, int most, Runnable changed) {
        this.questions = questions;
        this.name = name;
        this.changed = changed;
        this.window = new LogWindow(most);
    }

    /** Which log it is. */
    public LogName name() {
        return name;
    }

    /** Shows the end, and what comes. */
    public void follow() {
        following = true;
        sought = OptionalLong.empty();
        restart(true, LogFeed::runFromTail);
    }

    /** Shows a place, with so many lines above it when there are. */
    public void seek(long offset, int line) {
        following = false;
        sought = OptionalLong.of(offset);
        soughtLine = line;
        top = offset;
        if (window.first() < 0
                || window.first() > offset
                || !window.at(offset, 0, height).reached()) {
            long from = Math.max(0, offset - LogFeed.TAIL / 2);
            restart(false, feeding -> feeding.runFrom(from));
        }
    }

    private void restart(boolean follow, Consumer<LogFeed> reading) {
        close();
        state = "";
        window.clear(follow);
        LogFeed feeding = new LogFeed(questions, name, window, changed, said -> {
            state = said;
            changed.run();
        });
        feed = Thread.ofVirtual().name("log-" + name.build()).start(() -> reading.accept(feeding));
    }

    /** Moves by lines; negative ones towards the beginning. */
    public void move(int lines) {
        if (following && lines > 0) {
            return;
        }
        if (following) {
            LogWindow.Look look = window.atEnd(height);
            top = look.lines().isEmpty() ? 0 : look.lines().getFirst().offset();
            following = false;
        }
        sought = OptionalLong.empty();
        LogWindow.Look look = window.at(top, lines, height);
        boolean beyond = lines < 0 && look.above() == 0 && window.first() > 0;
        if (!look.lines().isEmpty()) {
            top = look.lines().getFirst().offset();
        }
        if (beyond) {
            seek(window.first(), height - 1);
        } else if (lines > 0 && look.lines().size() < height && look.reached()) {
            LogWindow.Look end = window.atEnd(height);
            top = end.lines().isEmpty() ? top : end.lines().getFirst().offset();
            following = window.isQuiet();
            if (!following) {
                window.at(top, 0, height);
            }
        }
    }

    /** Shows the beginning. */
    public void home() {
        following = false;
        sought = OptionalLong.empty();
        top = 0;
        if (window.first() != 0) {
            restart(false, feeding -> feeding.runFrom(0));
        }
    }

    /** Moves sideways; long lines are not broken. */
    public void shift(int columns) {
        shift = Math.clamp(shift + columns, 0, 2000);
    }

    /** Marks a text wherever it is; an empty one marks nothing. */
    public void mark(String text) {
        needle = text.toLowerCase(Locale.ROOT);
    }

    /** Offset of the line that is sought, or of the first that is seen. */
    public long place() {
        if (following) {
            LogWindow.Look look = window.atEnd(height);
            return look.lines().isEmpty() ? 0 : look.lines().getFirst().offset();
        }
        return sought.orElse(top);
    }

    /** Lines that are seen at once. */
    public int height() {
        return height;
    }

    /** What can be said of it in a word or two. */
    public String state() {
        return following ? (state.isEmpty() ? "following" : state) : "at byte " + top;
    }

    /** Draws it. */
    public void draw(Area area) {
        height = Math.max(1, area.height());
        LogWindow.Look look = look();
        for (int i = 0; i < look.lines().size(); i++) {
            line(area, i, look.lines().get(i));
        }
        if (look.lines().isEmpty()) {
            area.put(GUTTER, 0, state.isEmpty() ? "nothing yet" : "nothing, " + state, Tone.QUIET);
        }
    }

    private LogWindow.Look look() {
        if (following) {
            return window.atEnd(height);
        }
        if (sought.isPresent()) {
            LogWindow.Look look = window.at(sought.getAsLong(), -Math.min(soughtLine, height - 1), height);
            if (!look.lines().isEmpty()) {
                top = look.lines().getFirst().offset();
            }
            return look;
        }
        return window.at(top, 0, height);
    }

    private void line(Area area, int at, LogLine line) {
        if (line.stream().equals("err")) {
            area.put(0, at, "!", Tone.BAD);
        }
        int column = GUTTER;
        if (name.job().isEmpty()) {
            area.fit(column, at, JOB - 1, line.job(), Tone.QUIET);
            column += JOB;
        }
        Area body = area.part(column, at, area.width() - column, 1);
        boolean goesOn = Area.length(line.text(), shift + body.width() + 1) > shift + body.width();
        Area seen = goesOn ? body.part(0, 0, body.width() - 1, 1) : body;
        text(seen, line);
        found(seen, line);
        if (goesOn) {
            body.put(seen.width(), 0, Area.CUT, Tone.QUIET);
        }
        if (sought.isPresent() && line.offset() == sought.getAsLong()) {
            area.put(0, at, "▸", Tone.STRONG);
        }
    }

    private void text(Area body, LogLine line) {
        Style usual = line.stream().equals("system") ? system(line.text()).style() : Style.PLAIN;
        int at = 0;
        int done = 0;
        for (LogLine.Run run : line.runs()) {
            at = piece(body, at, line.text().substring(done, run.from()), usual);
            at = piece(body, at, line.text().substring(run.from(), run.to()), run.style());
            done = run.to();
        }
        piece(body, at, line.text().substring(done), usual);
    }

    private static Tone system(String text) {
        boolean bad = text.startsWith("job ")
                && List.of(" failed", " timedout", " errored").stream().anyMatch(text::contains);
        return bad ? Tone.BAD : text.startsWith("WARNING") ? Tone.WAITING : Tone.HEADING;
    }

    /** Draws a piece that begins at a column of the line as a whole, of which the first ones may be out of sight. */
    private int piece(Area body, int column, String text, Style style) {
        int end = column + Area.length(text, Integer.MAX_VALUE);
        if (end > shift && column - shift < body.width()) {
            int skipped = 0;
            int from = 0;
            while (column + skipped < shift && from < text.length()) {
                int next = text.offsetByCodePoints(from, 1);
                skipped += Area.length(text.substring(from, next), 2);
                from = next;
            }
            body.put(column + skipped - shift, 0, text.substring(from), style);
        }
        return end;
    }

    private void found(Area body, LogLine line) {
        if (needle.isEmpty()) {
            return;
        }
        String lower = line.text().toLowerCase(Locale.ROOT);
        int length = Math.min(line.text().length(), lower.length());
        for (int at = lower.indexOf(needle); at >= 0 && at + needle.length() <= length; ) {
            int column = Area.length(line.text().substring(0, at), Integer.MAX_VALUE);
            piece(body, column, line.text().substring(at, at + needle.length()), Tone.FOUND.style());
            at = lower.indexOf(needle, at + needle.length());
        }
    }

    /** Reads no more. Repeated calls do nothing. */
    @Override
    public void close() {
        Thread running = feed;
        if (running != null) {
            running.interrupt();
            feed = null;
        }
    }
}
