package io.sallyport.keys;

import java.util.List;
import java.util.Optional;

/**
 * The groups of identities. What a changing method has returned is on disk, and in the {@link Outbox} with who did it; it counts for the next decision of every
 * session. Look-ups are answered from memory and never block. All methods may be called from any thread.
 */
public interface Groups {
    /** Groups that there can be. */
    int MOST = 1000;

    /** Members that all groups together can have. */
    int MOST_MEMBERSHIPS = 100_000;

    /** The group of that name. */
    Optional<Group> find(String name);

    /** All of them in the order of their names. */
    List<Group> all();

    /** Those that an identity is in, in the order of their names; for a deploy key those of who made it. */
    List<Group> of(String identity);

    /** Makes the group, or replaces one of the same name, members and grants. */
    Put put(Group group, String by);

    /** Removes a group; its members stay. */
    Changed remove(String name, String by);

    /** What became of a group that was wanted. */
    sealed interface Put {
        /** It is stored; {@code fresh} tells whether there was none of its name. */
        record Stored(boolean fresh) implements Put {}

        /** Some members are no persons or services that are known; nothing changed. */
        record NoIdentities(List<String> names) implements Put {}

        /** There would be more of {@code what} than {@code most}; nothing changed. */
        record TooMany(String what, int most) implements Put {}

        /** No administrator would be left who can log in with a key; nothing changed. */
        record LastAdministrator() implements Put {}
    }
}
