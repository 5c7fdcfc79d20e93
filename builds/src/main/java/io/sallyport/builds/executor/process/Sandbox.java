package io.sallyport.builds.executor.process;

import java.util.Locale;
import java.util.Optional;

/** Whether jobs are kept from the machine they run on. */
public enum Sandbox {
    /** No gateway without a sandbox that works: it does not start. */
    REQUIRED,
    /** A sandbox where one works, else none, and every log says so. */
    AUTO,
    /** None: jobs can do whatever the gateway can. */
    NONE;

    /** The name in the settings, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of that label; empty when there is none. */
    public static Optional<Sandbox> parse(String label) {
        for (Sandbox mode : values()) {
            if (mode.label().equals(label)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
