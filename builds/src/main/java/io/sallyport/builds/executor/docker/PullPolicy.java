package io.sallyport.builds.executor.docker;

/** When an image is fetched from its registry. */
public enum PullPolicy {
    /** For every job, so that a tag that has moved is followed. */
    ALWAYS,
    /** When the engine does not have it. */
    MISSING,
    /** Never: what the engine does not have cannot be used. */
    NEVER
}
