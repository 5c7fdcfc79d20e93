package io.sallyport.keys;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Identities and their keys. What a changing method has returned is on disk, and in the {@link Outbox} with who did it.
 * Look-ups are answered from memory and
 * never block, so that they can be made on an I/O thread. All methods may be called from any thread.
 */
public interface IdentityStore extends AutoCloseable {
    /** The identity of that name; that of a deploy key has the grants and the lock of who made it, as long as they are there. */
    Optional<Identity> identity(String name);

    /** All persons and services in the order of their names. */
    List<Identity> identities();

    /** Those of them who are administrators now, by their own grants or by those of a group. */
    List<Identity> administrators();

    /** A person or service, with its groups and a credential, as somebody who asks at this moment. */
    Optional<Principal> principal(String name, Credential credential);

    /** The groups that identities are in. */
    Groups groups();

    /** The key of that fingerprint: a person's, a service's, or a deploy key, expired or not. */
    Optional<PublicKeyRecord> key(String fingerprint);

    /**
     * Who a key stands for at this moment.
     *
     * @param source the address that its bearer comes from, in numbers, without port
     */
    Standing standing(String fingerprint, String source);

    /** The keys that belong to projects. */
    DeployKeys deployKeys();

    /** The keys of an identity, oldest first; none for an unknown one. */
    List<PublicKeyRecord> keys(String identity);

    /** Makes the identity, or replaces one of the same name; its keys and groups stay. */
    Changed put(Identity identity, String by);

    /**
     * Removes the identity and its keys, and takes it out of its groups; deploy keys that it has made do not let in any
     * more.
     */
    Changed remove(String name, String by);

    /** Adds a key to an identity that exists. */
    KeyAdded addKey(String identity, String authorizedKeyLine, String by);

    /** Removes a key, also a deploy key. False when there was none. */
    boolean removeKey(String fingerprint, String by);

    /** All of it at this moment. */
    Policy policy();

    /**
     * Puts another policy in force: on disk in one transaction, then for every look-up at once.
     *
     * @param expected what {@link #policy} has answered, and what the caller has looked at
     * @param by on whose word
     */
    Replaced replace(Policy expected, Policy wanted, String by);

    /** Calls back, on the thread that made the change, with each fingerprint that does not let in any more. */
    void onRemoved(Consumer<String> listener);

    @Override
    void close();

    /** What became of a policy that was to be in force. */
    sealed interface Replaced {
        /** It is in force. */
        record InForce() implements Replaced {}

        /** Somebody has changed something since; nothing changed by this. */
        record ChangedMeanwhile() implements Replaced {}

        /** A key of it is the deploy key of a project; nothing changed. */
        record Taken(PolicyKey key, String by) implements Replaced {}

        /** No administrator would be left who can log in with a key; nothing changed. */
        record NoAdministrator() implements Replaced {}
    }

    /** What became of a key that was to be added. */
    sealed interface KeyAdded {
        /** It is stored. */
        record Stored(PublicKeyRecord key) implements KeyAdded {}

        /** The same key stands with the same identity already; nothing changed. */
        record AlreadyThere(PublicKeyRecord key) implements KeyAdded {}

        /** The same key stands with another identity. */
        record Taken(String fingerprint) implements KeyAdded {}

        /** The line is no acceptable public key; {@code reason} says why, {@code hint} what would do. */
        record Unacceptable(String reason, String hint) implements KeyAdded {}

        /** There is no such identity. */
        record NoIdentity(String name) implements KeyAdded {}
    }
}
