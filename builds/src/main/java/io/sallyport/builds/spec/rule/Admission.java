package io.sallyport.builds.spec.rule;

/** Decides whether a job is part of a build. */
public sealed interface Admission permits Rules, Policies {
    /** Whether it is, and why. */
    Decision decide(Situation situation);
}
