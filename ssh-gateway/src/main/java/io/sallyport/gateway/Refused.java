package io.sallyport.gateway;

/** A command cannot be done, for a reason that its user can mend; the message says how. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int CONFIGURATION = 78;
    private final int status;

    /** A fault in the configuration or the state directory. */
    Refused(String message) {
        this(message, CONFIGURATION);
    }

    Refused(String message, int status) {
        super(message, null, false, false);
        this.status = status;
    }

    /** The exit status, of sysexits.h. */
    int status() {
        return status;
    }
}
