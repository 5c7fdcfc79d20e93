package io.sallyport.gateway.dashboard.view;

import io.sallyport.gateway.dashboard.screen.Key;
import java.util.List;
import java.util.Optional;

/**
 * The one line of a list that the keys are about. It stays with what it is on while lines come and go around it. For one thread at a
 * time.
 *
 * @param <T> what the lines are about
 */
final class Pick<T> {
    private Optional<T> on = Optional.empty();
    private int index;

    /** Looks for it among the lines as they are now; the answer is its index, or -1 when there is none. */
    int in(List<T> lines) {
        if (lines.isEmpty()) {
            return -1;
        }
        int found = on.map(lines::indexOf).orElse(-1);
        index = found >= 0 ? found : Math.min(index, lines.size() - 1);
        on = Optional.of(lines.get(index));
        return index;
    }

    /** What it is on among the lines as they are now. */
    Optional<T> of(List<T> lines) {
        return in(lines) < 0 ? Optional.empty() : on;
    }

    /** Puts it on something. */
    void put(T what) {
        on = Optional.of(what);
    }

    /** Moves it, if it is a key for that; {@code page} is how many lines are seen at once. */
    boolean move(Key key, List<T> lines, int page) {
        int to = in(lines);
        switch (key.name()) {
            case UP -> to--;
            case DOWN -> to++;
            case PAGE_UP -> to -= Math.max(1, page - 1);
            case PAGE_DOWN -> to += Math.max(1, page - 1);
            case HOME -> to = 0;
            case END -> to = lines.size() - 1;
            default -> {
                if (key.is('k')) {
                    to--;
                } else if (key.is('j')) {
                    to++;
                } else {
                    return false;
                }
            }
        }
        if (!lines.isEmpty()) {
            on = Optional.of(lines.get(Math.clamp(to, 0, lines.size() - 1)));
        }
        return true;
    }

    /** The first line to show of so many, when so many can be seen and the line with this index is to be among them. */
    static int first(int chosen, int size, int seen) {
        if (size <= seen || chosen < 0) {
            return 0;
        }
        return Math.clamp(chosen - seen / 2, 0, size - seen);
    }
}
