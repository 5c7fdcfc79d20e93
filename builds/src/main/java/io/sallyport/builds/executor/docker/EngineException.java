package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.PlaceException;

/** An engine that has refused something, cannot be reached or does not answer in time. */
final class EngineException extends PlaceException {
    /** The status of no answer. */
    static final int NONE = 0;

    private static final long serialVersionUID = 1;
    private static final String COLON = ": ";

    private final int status;
    private final boolean known;
    private final String beginning;

    /** What it says begins so, and goes on with words behind a colon. */
    private EngineException(int status, boolean known, String beginning, String words, Throwable cause) {
        super(beginning + COLON + words, cause);
        this.status = status;
        this.known = known;
        this.beginning = beginning;
    }

    /** It has answered with an error, in its own words. */
    static EngineException refused(String what, int status, String words, Throwable cause) {
        return new EngineException(status, true, "the engine refuses to " + what, words, cause);
    }

    /** It has not answered. */
    static EngineException silent(String what, String words, Throwable cause) {
        return new EngineException(NONE, true, "cannot " + what, words, cause);
    }

    /** The same; where it has not answered, it is said which. */
    EngineException of(EngineAddress address) {
        return status == NONE
                ? new EngineException(NONE, known, beginning + " on the engine at " + address, words(), cause())
                : this;
    }

    private String words() {
        return String.valueOf(getMessage()).substring((beginning + COLON).length());
    }

    private Throwable cause() {
        return getCause() == null ? this : getCause();
    }

    /** The same of one that has never answered: it is not to be counted on. */
    EngineException ofStranger() {
        return new EngineException(status, false, beginning, words(), this);
    }

    /** An engine that has answered before, and does not now, is restarted or busy. */
    @Override
    public boolean isLost() {
        return known && status == NONE;
    }

    /** HTTP's status, {@link #NONE} when there was no answer. */
    int status() {
        return status;
    }

    boolean isAbsent() {
        return status == 404;
    }

    /** Whether what was asked for was so already, or cannot be as things stand. */
    boolean isConflict() {
        return status == 409 || status == 304;
    }
}
