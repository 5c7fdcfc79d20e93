package io.sallyport.builds.cache;

import java.io.IOException;

/** A cache is larger than it may be. */
public final class CacheTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long limit;
    private final boolean packed;

    CacheTooLargeException(long limit, boolean packed) {
        super("larger than " + limit + " bytes" + (packed ? " compressed" : ""));
        this.limit = limit;
        this.packed = packed;
    }

    /** The most bytes that it may have. */
    public long limit() {
        return limit;
    }

    /** Whether these are counted after it was compressed. */
    public boolean packed() {
        return packed;
    }
}
