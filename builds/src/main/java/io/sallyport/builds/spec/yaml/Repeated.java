package io.sallyport.builds.spec.yaml;

/** What the same key twice in a map means. */
public enum Repeated {
    /** A mistake. */
    ERROR,
    /** The last counts, and that is said. */
    LAST
}
