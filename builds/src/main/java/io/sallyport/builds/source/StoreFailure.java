package io.sallyport.builds.source;

import java.io.IOException;

/** The content store failed, in contrast to the body or the archive in it. */
final class StoreFailure extends IOException {
    private static final long serialVersionUID = 1;

    private final IOException reason;

    StoreFailure(IOException reason) {
        super(reason.getMessage(), reason);
        this.reason = reason;
    }

    /** What the store threw. */
    IOException reason() {
        return reason;
    }
}
