package io.sallyport.builds.executor.process;

import java.io.IOException;

/** A sandbox is required and none works here. */
public final class SandboxUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String program;
    private final String reason;

    SandboxUnavailableException(String program, String reason) {
        super("no sandbox: " + program + ": " + reason);
        this.program = program;
        this.reason = reason;
    }

    /** What was tried. */
    public String program() {
        return program;
    }

    /** What came of it, in the program's or the system's words. */
    public String reason() {
        return reason;
    }
}
