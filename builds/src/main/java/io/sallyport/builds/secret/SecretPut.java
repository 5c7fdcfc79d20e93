package io.sallyport.builds.secret;

import java.util.List;

/** What became of a secret that somebody has put. */
public sealed interface SecretPut {
    /**
     * It is on disk.
     *
     * @param secret as it is now
     * @param fresh whether it was made, not changed
     * @param remarks on its value
     */
    record Stored(Secret secret, boolean fresh, List<Remark> remarks) implements SecretPut {}

    /** The value is empty. */
    record Empty() implements SecretPut {}

    /** The value is no text in UTF-8, or has a NUL character: no variable can have it. */
    record NoText() implements SecretPut {}

    /** The value is longer than a value may be. */
    record TooLong(int limit) implements SecretPut {}

    /** All values together would be longer than they may be. */
    record TooMuch(long limit) implements SecretPut {}

    /** The project has as many as it may. */
    record TooMany(int limit) implements SecretPut {}

    /** The project has been removed meanwhile. */
    record NoProject() implements SecretPut {}

    /** Why a value is hidden less well than it should be. */
    enum Remark {
        /** It is too short to be hidden. */
        TOO_SHORT,
        /** It has lines that are too short to be hidden one by one. */
        SHORT_LINES,
        /** It is made of few different characters: much else looks like it. */
        FEW_CHARACTERS
    }
}
