package io.sallyport.builds.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a job runs and what its end means.
 *
 * @param needs the jobs it waits for, none of them twice; empty when it waits for all jobs of the stages before its own
 * @param dependencies the jobs whose artifacts it gets; empty for all it waits for (of {@code needs}, those that say so)
 * @param when what must have become of those it waits for
 * @param delay after which it starts; there for {@link When#DELAYED} only
 * @param allowFailure whether its failure is none of the build
 * @param retry how often it is tried again
 * @param interruptible whether a newer build may cancel it
 * @param resourceGroup only one job of that name runs at a time in a project
 */
public record Flow(
        Optional<List<Need>> needs,
        Optional<List<String>> dependencies,
        When when,
        Optional<Duration> delay,
        AllowFailure allowFailure,
        Retry retry,
        boolean interruptible,
        Optional<String> resourceGroup) {
    /** After the stages before, once, and its failure is the build's. */
    public static final Flow USUAL = new Flow(
            Optional.empty(),
            Optional.empty(),
            When.ON_SUCCESS,
            Optional.empty(),
            AllowFailure.NEVER,
            Retry.NEVER,
            false,
            Optional.empty());

    /**
     * A job that is waited for.
     *
     * @param job its name; it is in the plan
     * @param artifacts whether its artifacts are wanted
     */
    public record Need(String job, boolean artifacts) {}

    /** What must have become of the jobs before. */
    public enum When {
        /** All have succeeded, or were allowed to fail. */
        ON_SUCCESS,
        /** One has failed. */
        ON_FAILURE,
        /** All have ended, however. */
        ALWAYS,
        /** As {@link #ON_SUCCESS}, and somebody starts it. */
        MANUAL,
        /** As {@link #ON_SUCCESS}, and a time has passed. */
        DELAYED
    }

    /**
     * Which failures of a job are none of the build.
     *
     * @param any all of them
     * @param exitCodes else those with these exit codes
     */
    public record AllowFailure(boolean any, Set<Integer> exitCodes) {
        /** None. */
        public static final AllowFailure NEVER = new AllowFailure(false, Set.of());

        /** All. */
        public static final AllowFailure ALWAYS = new AllowFailure(true, Set.of());
    }

    /**
     * How often a job is tried again.
     *
     * @param max from 0 to 2
     * @param causes of failures after which it is; empty for all, when there are no exit codes either
     * @param exitCodes after which it is, besides the causes
     */
    public record Retry(int max, Set<RetryCause> causes, Set<Integer> exitCodes) {
        /** Not at all. */
        public static final Retry NEVER = new Retry(0, Set.of(), Set.of());
    }

    /** Why a job can have failed. */
    public enum RetryCause {
        /** Its script ended with another code than 0. */
        SCRIPT,
        /** It ran too long. */
        TIMEOUT,
        /** The place where it ran failed it. */
        SYSTEM
    }
}
