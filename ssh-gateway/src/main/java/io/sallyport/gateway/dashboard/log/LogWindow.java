package io.sallyport.gateway.dashboard.log;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * As much of a log as is held at a time. While it follows, what is new pushes out what is oldest; else it holds what is looked at, and
 * who reads the log waits until somebody looks further. One thread adds, another looks.
 */
final class LogWindow {
    /** Of a line; the rest of it is left out here. */
    private static final int LONGEST = 2000;

    private static final Duration QUIET = Duration.ofMillis(300);

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final List<LogLine> lines = new ArrayList<>(); // guarded by the lock, like what follows
    private long cost;
    private boolean following = true;
    private long top;
    private int page = 1;
    private long added = System.nanoTime();

    /** Holds so many characters, and never less than a page. */
    LogWindow(int most) {
        this.most = most;
    }

    /** Forgets all. */
    void clear(boolean follow) {
        lock.lock();
        try {
            lines.clear();
            cost = 0;
            following = follow;
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Adds a record of the log; waits when it is full of what is looked at. */
    void add(JsonNode record) throws InterruptedException {
        String text = record.path("text").asText();
        boolean whole = text.endsWith("\n");
        long offset = record.path("offset").asLong();
        String job = record.path("job").asText();
        String stream = record.path("stream").asText();
        List<Coloured> parts = Coloured.lines(text);
        lock.lockInterruptibly();
        try {
            while (!following && cost > most && !isNearEnd()) {
                moved.await();
            }
            added = System.nanoTime();
            replaceSame(offset);
            for (int i = 0; i < parts.size(); i++) {
                boolean last = i == parts.size() - 1;
                put(new LogLine(
                        offset + i,
                        job,
                        stream,
                        parts.get(i).text(),
                        parts.get(i).runs(),
                        whole || !last));
            }
            makeRoom();
        } finally {
            lock.unlock();
        }
    }

    /** What had no end when it was first read comes again as a whole. */
    private void replaceSame(long offset) {
        while (!lines.isEmpty() && lines.getLast().offset() >= offset) {
            cost -= lines.removeLast().cost();
        }
    }

    private void put(LogLine line) {
        LogLine last = lines.isEmpty() ? null : lines.getLast();
        if (last != null
                && !last.whole()
                && last.job().equals(line.job())
                && last.stream().equals(line.stream())) {
            cost -= lines.removeLast().cost();
            add(joined(last, line));
        } else {
            add(line.text().length() > LONGEST ? joined(empty(line), line) : line);
        }
    }

    private void add(LogLine line) {
        lines.add(line);
        cost += line.cost();
    }

    private static LogLine empty(LogLine line) {
        return new LogLine(line.offset(), line.job(), line.stream(), "", List.of(), false);
    }

    private static LogLine joined(LogLine first, LogLine second) {
        int at = first.text().length();
        String text = first.text() + second.text();
        List<LogLine.Run> runs = new ArrayList<>(first.runs());
        for (LogLine.Run run : second.runs()) {
            if (at + run.to() <= LONGEST) {
                runs.add(new LogLine.Run(at + run.from(), at + run.to(), run.style()));
            }
        }
        int length = Math.min(text.length(), LONGEST);
        return new LogLine(
                first.offset(),
                first.job(),
                first.stream(),
                text.substring(0, length),
                List.copyOf(runs),
                second.whole());
    }

    private void makeRoom() {
        if (cost <= most) {
            return;
        }
        int keep = following ? Math.max(0, lines.size() - page) : Math.max(0, index(top) - page);
        int gone = 0;
        while (gone < keep && cost > most - most / 8) {
            cost -= lines.get(gone).cost();
            gone++;
        }
        lines.subList(0, gone).clear();
    }

    private boolean isNearEnd() {
        return index(top) + 3 * page >= lines.size();
    }

    /** The last line that does not begin behind an offset; 0 when all do. */
    private int index(long offset) {
        int low = 0;
        int high = lines.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lines.get(middle).offset() <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.max(0, low - 1);
    }

    /** What is looked at: lines from an index on, how many there are above, and whether the place is among what is held. */
    record Look(List<LogLine> lines, int above, boolean reached) {}

    /** Looks at the end, and stays there. */
    Look atEnd(int height) {
        lock.lock();
        try {
            following = true;
            page = Math.max(1, height);
            moved.signalAll();
            int from = Math.max(0, lines.size() - height);
            return new Look(List.copyOf(lines.subList(from, lines.size())), from, true);
        } finally {
            lock.unlock();
        }
    }

    /** Looks at a place: lines from that offset on, moved by so many lines. */
    Look at(long offset, int by, int height) {
        lock.lock();
        try {
            following = false;
            page = Math.max(1, height);
            boolean reached = !lines.isEmpty() && lines.getLast().offset() >= offset;
            int from = Math.clamp(index(offset) + by, 0, Math.max(0, lines.size() - 1));
            top = lines.isEmpty() ? offset : lines.get(from).offset();
            moved.signalAll();
            int to = Math.min(lines.size(), from + height);
            return new Look(List.copyOf(lines.subList(from, to)), from, reached);
        } finally {
            lock.unlock();
        }
    }

    /** Offset of the first line that is held; -1 when there is none. */
    long first() {
        lock.lock();
        try {
            return lines.isEmpty() ? -1 : lines.getFirst().offset();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing has been added for a moment, so that what is held reaches to the end of what there is. */
    boolean isQuiet() {
        lock.lock();
        try {
            return System.nanoTime() - added > QUIET.toNanos();
        } finally {
            lock.unlock();
        }
    }

    /** What it costs to hold it, in characters. */
    long cost() {
        lock.lock();
        try {
            return cost;
        } finally {
            lock.unlock();
        }
    }
}
