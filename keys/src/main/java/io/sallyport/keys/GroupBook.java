package io.sallyport.keys;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** All groups of one moment, by name and by member. Never changes, so that nobody is seen half in a group. */
final class GroupBook {
    static final GroupBook EMPTY = new GroupBook(List.of());

    private final NavigableMap<String, Group> byName;
    private final Map<String, List<Group>> byMember = new HashMap<>();

    GroupBook(Collection<Group> groups) {
        TreeMap<String, Group> sorted = new TreeMap<>();
        groups.forEach(group -> sorted.put(group.name(), group));
        this.byName = Collections.unmodifiableNavigableMap(sorted);
        for (Group group : sorted.values()) {
            for (String member : group.members()) {
                byMember.computeIfAbsent(member, name -> new ArrayList<>()).add(group);
            }
        }
        byMember.replaceAll((name, in) -> List.copyOf(in));
    }

    Optional<Group> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** By name. */
    List<Group> all() {
        return List.copyOf(byName.values());
    }

    /** Those that an identity is in, by name. */
    List<Group> of(String identity) {
        return byMember.getOrDefault(identity, List.of());
    }

    /** Members of all groups together. */
    int memberships() {
        return byName.values().stream()
                .mapToInt(group -> group.members().size())
                .sum();
    }

    GroupBook with(Group group) {
        Map<String, Group> more = new TreeMap<>(byName);
        more.put(group.name(), group);
        return new GroupBook(more.values());
    }

    GroupBook without(String name) {
        return new GroupBook(byName.values().stream()
                .filter(group -> !group.name().equals(name))
                .toList());
    }

    GroupBook withoutMember(String identity) {
        return of(identity).isEmpty()
                ? this
                : new GroupBook(byName.values().stream()
                        .map(group -> group.withoutMember(identity))
                        .toList());
    }
}
