package io.sallyport.keys;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who may be let in and what they may do, as a whole: people, services, their keys, groups, and the grants of all. Not
 * in it are deploy keys, which belong to projects, and certificate authorities. Two policies that mean the same are
 * equal: everything is sorted.
 *
 * @param identities by name, no name and no key twice
 * @param groups by name, no name twice; their members are among the identities
 */
public record Policy(List<Entry> identities, List<Group> groups) {
    private static final Comparator<Grant> BY_WORDS = Comparator.comparing(Grant::effect)
            .thenComparing(Grant::role)
            .thenComparing(grant -> grant.projects().text());

    /**
     * Sorts all of it.
     *
     * @throws IllegalArgumentException when it contradicts itself
     */
    public Policy {
        identities = List.copyOf(byName(identities, Entry::name).values());
        groups = byName(groups, Group::name).values().stream()
                .map(group -> new Group(group.name(), group.members(), sorted(group.grants())))
                .toList();
        Set<String> names = identities.stream().map(Entry::name).collect(Collectors.toSet());
        Set<String> keys = new HashSet<>();
        identities.stream()
                .flatMap(entry -> entry.keys().stream())
                .forEach(key -> require(keys.add(key.fingerprint()), key));
        groups.forEach(group -> require(names.containsAll(group.members()), group));
    }

    /**
     * Somebody with their keys.
     *
     * @param identity whose grants are sorted, each once
     * @param keys sorted by their lines
     */
    public record Entry(Identity identity, List<PolicyKey> keys) {
        /** Sorts all of it. */
        public Entry {
            identity = new Identity(
                    identity.name(),
                    identity.kind(),
                    sorted(identity.grants()),
                    identity.locked(),
                    identity.verifyRequired());
            keys = keys.stream().sorted(Comparator.comparing(PolicyKey::line)).toList();
        }

        /** Of the identity. */
        public String name() {
            return identity.name();
        }

        /** Its key of that fingerprint. */
        public Optional<PolicyKey> key(String fingerprint) {
            return keys.stream()
                    .filter(key -> key.fingerprint().equals(fingerprint))
                    .findFirst();
        }
    }

    /** What is different in another policy. */
    public PolicyChanges changesTo(Policy other) {
        return new PolicyChanges(
                PolicyChanges.between(identities, other.identities, Entry::name),
                PolicyChanges.between(groups, other.groups, Group::name));
    }

    /** Whether an administrator could log in with a key. Revocations and break-glass are not looked at. */
    public boolean hasAdministrator() {
        GroupBook book = new GroupBook(groups);
        return identities.stream()
                .anyMatch(entry -> Administrators.isOne(
                        entry.identity(),
                        book.of(entry.name()),
                        entry.keys().stream().map(PolicyKey::blob)));
    }

    /** The same without one identity. */
    public Policy without(String name) {
        return new Policy(
                identities.stream().filter(entry -> !entry.name().equals(name)).toList(),
                groups.stream().map(group -> group.withoutMember(name)).toList());
    }

    /** The same with that identity as it is in another policy, in no groups, if it is there. */
    public Policy keeping(String name, Policy other) {
        Policy rest = without(name);
        List<Entry> all = new ArrayList<>(rest.identities);
        other.identities.stream().filter(entry -> entry.name().equals(name)).forEach(all::add);
        return new Policy(all, rest.groups);
    }

    private static List<Grant> sorted(Collection<Grant> grants) {
        TreeSet<Grant> each = new TreeSet<>(BY_WORDS);
        each.addAll(grants);
        return List.copyOf(each);
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        Map<String, T> sorted = new TreeMap<>();
        all.forEach(each -> require(sorted.put(name.apply(each), each) == null, name.apply(each)));
        return sorted;
    }

    private static void require(boolean holds, Object culprit) {
        if (!holds) {
            throw new IllegalArgumentException("a policy that contradicts itself: " + culprit);
        }
    }
}
