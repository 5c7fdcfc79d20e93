package io.sallyport.builds.report;

import java.io.IOException;

/** A report is not what it should be. */
public final class MalformedReportException extends IOException {
    private static final long serialVersionUID = 1L;
    private final String reason;

    MalformedReportException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What is wrong with it, in words. */
    public String reason() {
        return reason;
    }
}
