package io.sallyport.gateway.dashboard.house;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** How many jobs ran, in steps of time, the last {@value #STEPS} of them. For one thread at a time. */
public final class Load {
    /** How many steps are remembered. */
    public static final int STEPS = 120;

    private final Duration step;
    private final int[] most = new int[STEPS]; // by number of the step, modulo STEPS; -1 where nothing is known
    private long newest = -1;
    private int now;

    /** Remembers steps of that length. */
    public Load(Duration step) {
        this.step = step;
        Arrays.fill(most, -1);
    }

    /** So many run from this moment on. */
    public void set(Instant when, int running) {
        move(when);
        now = running;
        int at = place(newest);
        most[at] = Math.max(most[at], running);
    }

    /** What ran at most in each of the last steps, the oldest first; -1 where nothing is known. */
    public int[] last(Instant when, int steps) {
        move(when);
        int[] last = new int[steps];
        for (int i = 0; i < steps; i++) {
            long number = newest - steps + 1 + i;
            last[i] = number < 0 || steps - i > STEPS ? -1 : most[place(number)];
        }
        return last;
    }

    private void move(Instant when) {
        long number = when.toEpochMilli() / step.toMillis();
        if (newest < 0 || number - newest >= STEPS) {
            Arrays.fill(most, newest < 0 ? -1 : now);
            newest = number;
        }
        while (newest < number) {
            newest++;
            most[place(newest)] = now;
        }
    }

    private static int place(long number) {
        return (int) Math.floorMod(number, (long) STEPS);
    }
}
