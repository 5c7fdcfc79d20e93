package io.sallyport.gateway.policy;

/**
 * What came of an order.
 *
 * @param status 0 when it was done, else as in sysexits.h
 * @param text what was asked for, or what is to be told
 */
public record PolicyAnswer(int status, String text) {
    /** It would remove something, and that was not asked for. */
    static final int NOT_ASKED_FOR = 64;

    /** The file is no policy. */
    static final int WRONG_FILE = 65;

    /** It cannot be written down. */
    static final int STORAGE = 69;

    /** A bug. */
    static final int FAILED = 70;

    /** Only the owner of the state directory may. */
    static final int NOT_THE_OWNER = 77;

    /** Somebody else was faster. */
    static final int TRY_AGAIN = 75;

    static PolicyAnswer done(String text) {
        return new PolicyAnswer(0, text);
    }
}
