package io.sallyport.builds.executor.docker;

import java.io.IOException;

/** An engine that has refused something, cannot be reached or does not answer in time. */
final class EngineException extends IOException {
    /** The status of no answer. */
    static final int NONE = 0;

    private static final long serialVersionUID = 1;

    private final int status;

    private EngineException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** It has answered with an error, in its own words. */
    static EngineException refused(String what, int status, String words, Throwable cause) {
        return new EngineException(status, "the engine refuses to " + what + ": " + words, cause);
    }

    /** It has not answered. */
    static EngineException silent(String what, String words, Throwable cause) {
        return new EngineException(NONE, "cannot " + what + ": " + words, cause);
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
