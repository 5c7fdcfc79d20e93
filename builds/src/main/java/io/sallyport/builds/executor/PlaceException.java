package io.sallyport.builds.executor;

import java.io.IOException;

/** The place where a job is to run, or runs, has failed and not the job. */
public abstract class PlaceException extends IOException {
    private static final long serialVersionUID = 1;

    /** One with words for people. */
    protected PlaceException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether the place was there and has gone, so that a second try need not meet the same; else it has refused. */
    public abstract boolean isLost();
}
