package io.sallyport.keys;

import java.util.List;
import java.util.Optional;

/**
 * The deploy keys of all projects. What a changing method has returned is on disk, but for use, which is written down
 * every few seconds. Look-ups and notes of use are answered from memory and never block, so that they can be made on
 * an I/O thread. All methods may be called from any thread.
 */
public interface DeployKeys {
    /** The deploy key of that fingerprint, expired or not. */
    Optional<DeployKey> find(String fingerprint);

    /** The deploy keys of a project in the order of their names. */
    List<DeployKey> ofProject(String project);

    /** Those that an identity has made, in no order. */
    List<DeployKey> madeBy(String creator);

    /** Makes a deploy key; when the key is one of the project already, gives it the name, creator and scope wanted. */
    Put put(DeployKey.Wanted wanted, String authorizedKeyLine);

    /** Removes a deploy key. False when there was none. */
    boolean remove(String fingerprint, String by);

    /** Removes all deploy keys of a project. */
    void removeAll(String project, String by);

    /** What has been done with the key so far. */
    DeployKeyUse use(String fingerprint);

    /** Notes that the key has let in somebody from that address; does nothing when it is no deploy key. */
    void loggedIn(String fingerprint, String source);

    /** Notes that the key has submitted a build. */
    void submitted(String fingerprint);

    /** Notes that the key has sent so many bytes as a source. */
    void received(String fingerprint, long bytes);

    /** What became of a deploy key that was wanted. */
    sealed interface Put {
        /** It is stored. */
        record Made(DeployKey key) implements Put {}

        /** It stood with the project already, and is as wanted now. */
        record Replaced(DeployKey key) implements Put {}

        /** The same key stands for somebody else. */
        record Taken(String fingerprint) implements Put {}

        /** Another key of the project has the name. */
        record NameTaken(String name) implements Put {}

        /** The line is no acceptable public key; {@code reason} says why, {@code hint} what would do. */
        record Unacceptable(String reason, String hint) implements Put {}
    }
}
