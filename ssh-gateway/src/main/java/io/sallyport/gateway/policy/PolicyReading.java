package io.sallyport.gateway.policy;

import io.sallyport.keys.Policy;
import java.util.List;

/** What became of a text that should be a policy. */
public sealed interface PolicyReading {
    /** It is one, and leaves an administrator. */
    record Accepted(Policy policy) implements PolicyReading {}

    /** It is none: everything that is wrong, in the order of the places; at least one error. */
    record Rejected(List<PolicyError> errors) implements PolicyReading {}
}
