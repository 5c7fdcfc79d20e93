package io.sallyport.builds.secret;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys of a gateway's secrets.
 *
 * @param keys the first seals, all open; more than one only while they are changed
 */
record KeyRing(List<SealingKey> keys) {
    KeyRing {
        keys = List.copyOf(keys);
    }

    static KeyRing make(SecureRandom random) {
        return new KeyRing(List.of(SealingKey.make(random)));
    }

    SealingKey current() {
        return keys.getFirst();
    }

    Optional<SealingKey> find(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** The same with a new one that seals. */
    KeyRing withNew(SecureRandom random) {
        List<SealingKey> all = new ArrayList<>(keys);
        all.addFirst(SealingKey.make(random));
        return new KeyRing(all);
    }

    /** The one that seals alone. */
    KeyRing currentOnly() {
        return new KeyRing(List.of(current()));
    }
}
