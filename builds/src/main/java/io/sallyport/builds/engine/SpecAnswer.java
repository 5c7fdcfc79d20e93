package io.sallyport.builds.engine;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.spec.SpecResult;

/** What became of a spec that was to be checked. Nothing of it is kept. */
public sealed interface SpecAnswer {
    /**
     * It has been read.
     *
     * @param file its name
     * @param result its plan, or its errors
     */
    record Checked(String file, SpecResult result) implements SpecAnswer {}

    /** There was none to be read. */
    record Refused(Refusal refusal) implements SpecAnswer {}
}
