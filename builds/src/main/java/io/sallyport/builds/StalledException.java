package io.sallyport.builds;

import java.io.IOException;
import java.time.Duration;

/** A body was waited for in vain: fewer bytes have come within a time than have to. */
public final class StalledException extends IOException {
    private static final long serialVersionUID = 1;

    private final long least;
    private final transient Duration window;

    /**
     * A body that is too slow.
     *
     * @param least bytes that have to come
     * @param window of waiting in which they have to
     */
    public StalledException(long least, Duration window) {
        super("fewer than " + least + " bytes in " + window);
        this.least = least;
        this.window = window;
    }

    /** Bytes that have to come. */
    public long least() {
        return least;
    }

    /** The time of waiting in which they have to. */
    public Duration window() {
        return window;
    }
}
