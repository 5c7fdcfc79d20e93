package io.sallyport.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the tables, for look-ups that must not wait. Reading is free from any thread; changing is for one
 * thread at a time. A reader in the middle of a change sees less than what stands, never a key of an identity removed.
 */
final class IdentityMemory {
    private final ConcurrentNavigableMap<String, Member> members = new ConcurrentSkipListMap<>();
    private final Map<Fingerprint, HeldKey> keys = new ConcurrentHashMap<>();

    Optional<Identity> identity(String name) {
        return Optional.ofNullable(members.get(name)).map(Member::identity);
    }

    List<Identity> identities() {
        return members.values().stream().map(Member::identity).toList();
    }

    Optional<HeldKey> key(Fingerprint fingerprint) {
        return Optional.ofNullable(keys.get(fingerprint));
    }

    /** Oldest first. */
    List<HeldKey> keys(String identity) {
        Member member = members.get(identity);
        return member == null ? List.of() : member.keys;
    }

    void put(Identity identity) {
        members.put(identity.name(), new Member(identity, keys(identity.name())));
    }

    void remove(String name) {
        keys(name).forEach(key -> keys.remove(key.fingerprint()));
        members.remove(name);
    }

    void add(HeldKey key) {
        Member owner = owner(key);
        List<HeldKey> more = new ArrayList<>(owner.keys);
        more.add(canonical(owner, key));
        members.put(key.identity(), new Member(owner.identity, List.copyOf(more)));
        keys.put(key.fingerprint(), more.getLast());
    }

    void remove(HeldKey key) {
        keys.remove(key.fingerprint());
        Member owner = owner(key);
        List<HeldKey> fewer =
                owner.keys.stream().filter(other -> !other.equals(key)).toList();
        members.put(key.identity(), new Member(owner.identity, fewer));
    }

    /** The same with the identity's own copy of its name, one for all its keys. */
    private static HeldKey canonical(Member owner, HeldKey key) {
        return new HeldKey(key.fingerprint(), owner.identity.name(), key.blob(), key.comment(), key.addedMillis());
    }

    private Member owner(HeldKey key) {
        @Nullable Member owner = members.get(key.identity());
        if (owner == null) {
            throw new IllegalStateException("a key of nobody: " + key.fingerprint());
        }
        return owner;
    }

    private record Member(Identity identity, List<HeldKey> keys) {}
}
