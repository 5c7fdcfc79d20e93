package io.sallyport.keys;

import java.sql.Connection;
import java.sql.SQLException;
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
    private volatile GroupBook groups = GroupBook.EMPTY;

    static IdentityMemory load(Connection connection) throws SQLException {
        IdentityMemory memory = new IdentityMemory();
        IdentityTables.identities(connection).forEach(memory::put);
        IdentityTables.keys(connection).forEach(memory::add);
        memory.groups = GroupTables.all(connection);
        return memory;
    }

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

    GroupBook groups() {
        return groups;
    }

    void groups(GroupBook other) {
        groups = other;
    }

    Optional<Principal> principal(String identity, Credential credential) {
        return identity(identity).map(found -> new Principal(found, groups.of(identity), credential));
    }

    /** Whether the identity, changed like this, would be the last administrator gone. */
    boolean losesAdministrators(Identity changed) {
        return isAdministrator(changed.name())
                && !isAdministrator(changed, groups)
                && isLastAdministrator(changed.name());
    }

    /** Whether the identity is the only administrator. */
    boolean isLastAdministrator(String name) {
        return isAdministrator(name)
                && identities().stream()
                        .noneMatch(other -> !other.name().equals(name) && isAdministrator(other, groups));
    }

    /** Whether there are administrators, and with other groups there would be none. */
    boolean losesAdministrators(GroupBook after) {
        return identities().stream().anyMatch(identity -> isAdministrator(identity, groups))
                && identities().stream().noneMatch(identity -> isAdministrator(identity, after));
    }

    private boolean isAdministrator(String name) {
        return identity(name)
                .filter(identity -> isAdministrator(identity, groups))
                .isPresent();
    }

    private boolean isAdministrator(Identity identity, GroupBook in) {
        String name = identity.name();
        return Administrators.isOne(identity, in.of(name), keys(name).stream().map(HeldKey::blob));
    }

    Policy policy() {
        return new Policy(
                members.values().stream()
                        .map(member -> new Policy.Entry(
                                member.identity,
                                member.keys.stream().map(PolicyKey::of).toList()))
                        .toList(),
                groups.all());
    }

    void put(Identity identity) {
        members.put(identity.name(), new Member(identity, keys(identity.name())));
    }

    void remove(String name) {
        keys(name).forEach(key -> keys.remove(key.fingerprint()));
        members.remove(name);
        groups = groups.withoutMember(name);
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
