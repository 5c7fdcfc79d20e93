package io.sallyport.handlers;

import io.sallyport.builds.BuildState;

/** The one table from an answer to the exit status of a channel. Never 255, which is OpenSSH's own. */
public final class ExitStatus {
    /** All went well. */
    public static final int OK = 0;

    private ExitStatus() {}

    /** The exit status (sysexits.h where one fits) for a status as in HTTP. */
    public static int of(int status) {
        if (status >= 200 && status < 300) {
            return OK;
        }
        return switch (status) {
            case 400, 405 -> 64; // EX_USAGE
            case 413, 422 -> 65; // EX_DATAERR
            case 404, 410 -> 66; // EX_NOINPUT
            case 503, 507 -> 69; // EX_UNAVAILABLE
            case 409, 429 -> 75; // EX_TEMPFAIL
            case 401, 403 -> 77; // EX_NOPERM
            default -> 70; // EX_SOFTWARE
        };
    }

    /** The exit status of a request that waited for a build; only for ended builds. */
    public static int of(BuildState state) {
        return switch (state) {
            case SUCCEEDED -> OK;
            case FAILED -> 1;
            case CANCELED -> 3;
            case TIMEDOUT -> 4;
            case ERRORED -> 5;
            case QUEUED, RUNNING -> throw new IllegalArgumentException("not ended: " + state);
        };
    }
}
