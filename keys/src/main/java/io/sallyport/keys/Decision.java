package io.sallyport.keys;

/** The answer to one access question, with the rule that decided it for the audit record. */
public sealed interface Decision {
    /** The rule that decided, in words for the audit log; not for the caller. */
    String rule();

    /** Allowed. */
    record Allow(String rule) implements Decision {}

    /** Not allowed. */
    record Deny(String rule) implements Decision {}

    /** Whether it is allowed. */
    default boolean allowed() {
        return this instanceof Allow;
    }
}
