package io.sallyport.keys;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Identities and their keys. What a changing method has returned is on disk. Look-ups are answered from memory and
 * never block, so that they can be made on an I/O thread. All methods may be called from any thread.
 */
public interface IdentityStore extends AutoCloseable {
    /** The identity of that name; that of a deploy key has the grants and the lock of who made it, as long as they are there. */
    Optional<Identity> identity(String name);

    /** All persons and services in the order of their names. */
    List<Identity> identities();

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

    /** Makes the identity, or replaces one of the same name; its keys stay. */
    void put(Identity identity);

    /** Removes the identity and its keys; deploy keys that it has made do not let in any more. False when there was none. */
    boolean remove(String name);

    /** Adds a key to an identity that exists. */
    KeyAdded addKey(String identity, String authorizedKeyLine);

    /** Removes a key, also a deploy key. False when there was none. */
    boolean removeKey(String fingerprint);

    /** Calls back, on the thread that made the change, with each fingerprint that does not let in any more. */
    void onRemoved(Consumer<String> listener);

    @Override
    void close();

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
