package io.sallyport.builds.executor.docker;

import java.io.IOException;

/** A shell that was to unpack the source of its job could not. */
final class UnpackingException extends IOException {
    private static final long serialVersionUID = 1;

    /** In the words of what was in the way. */
    UnpackingException(String words) {
        super("the source cannot be unpacked in the container: " + words);
    }
}
