package io.sallyport.keys;

import java.util.List;

/**
 * Somebody or something that may be let in.
 *
 * @param name unique, fixed for ever
 * @param kind of identity
 * @param grants what it may do, in the order given
 * @param locked nothing at all is allowed to it, whatever its grants
 */
public record Identity(String name, Kind kind, List<Grant> grants, boolean locked) {
    /** Kinds of identities. */
    public enum Kind {
        /** A human being. */
        PERSON,
        /** A program. */
        SERVICE;

        /** The name in policies and answers, lower case. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
