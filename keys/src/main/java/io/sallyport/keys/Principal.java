package io.sallyport.keys;

import java.util.List;
import java.util.stream.Stream;

/**
 * Who asks: an identity as it is now, the groups that it is in now, and the credential it came in with. A principal is
 * made for one question and not kept: this is where groups enter, and nowhere else.
 *
 * @param identity with its own grants of this moment
 * @param groups that it is in, by name, with their grants; for a deploy key those of who made it
 * @param credential that signed the login
 */
public record Principal(Identity identity, List<Group> groups, Credential credential) {
    /** Keeps the list from changing. */
    public Principal {
        groups = List.copyOf(groups);
    }

    /** All grants: the identity's own, then those of its groups in the order of their names. */
    public Stream<Grant> grants() {
        return Stream.concat(identity.grants().stream(), groups.stream().flatMap(group -> group.grants().stream()));
    }

    /** Whether it can let others in, by the one decision about all that is asked. */
    public boolean isAdministrator() {
        return Access.decide(this, Verb.MANAGE_IDENTITIES, new Resource.Gateway())
                .allowed();
    }
}
