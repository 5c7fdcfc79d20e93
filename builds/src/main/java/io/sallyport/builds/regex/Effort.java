package io.sallyport.builds.regex;

/** What several searches may take, all together. For one thread. */
public final class Effort {
    private long left;

    /**
     * So much, and no more.
     *
     * @param steps each of a character held against one place of a pattern, a few nanoseconds; from 1
     */
    public Effort(long steps) {
        this.left = steps;
    }

    /** Whether nothing is left: further searches find nothing out. */
    public boolean isSpent() {
        return left < 0;
    }

    /** Takes all of it: where one search gives up, so would others. */
    public void spend() {
        left = -1;
    }

    /** Takes some of it, also more than is left. */
    public void take(long steps) {
        left -= steps;
    }
}
