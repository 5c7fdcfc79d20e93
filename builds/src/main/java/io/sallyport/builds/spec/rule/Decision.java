package io.sallyport.builds.spec.rule;

import java.util.Optional;

/** Whether a job is part of a build. */
public sealed interface Decision {
    /** Why a job is part of a build of which nothing is asked. */
    String NO_RULES = "it has no rules";

    /**
     * It is.
     *
     * @param why in words
     * @param rule that has decided, whose changes hold for the job
     */
    record In(String why, Optional<Rule> rule) implements Decision {}

    /**
     * It is not.
     *
     * @param why in words
     */
    record Out(String why) implements Decision {}
}
