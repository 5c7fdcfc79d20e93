package io.sallyport.builds.source;

import java.io.IOException;

/** The tree of a commit is not what it should be; the message says how. */
public final class DamagedTreeException extends IOException {
    private static final long serialVersionUID = 1;

    /** Says how. */
    public DamagedTreeException(String reason) {
        super(reason);
    }
}
