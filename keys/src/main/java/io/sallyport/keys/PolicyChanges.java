package io.sallyport.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * From one policy to another: what is different, by name.
 *
 * @param identities and their keys
 * @param groups and their members
 */
public record PolicyChanges(List<Change<Policy.Entry>> identities, List<Change<Group>> groups) {
    /** Keeps the lists from changing. */
    public PolicyChanges {
        identities = List.copyOf(identities);
        groups = List.copyOf(groups);
    }

    /**
     * Something that is another one afterwards.
     *
     * @param before empty for what is added
     * @param after empty for what is removed
     * @param <T> what it is
     */
    public record Change<T>(Optional<T> before, Optional<T> after) {}

    /** Whether nothing is different. */
    public boolean none() {
        return identities.isEmpty() && groups.isEmpty();
    }

    /** Whether an identity, a group, or somebody's key is gone afterwards. */
    public boolean removesSomething() {
        return identities.stream()
                        .anyMatch(change ->
                                change.after().isEmpty() || !lost(change).isEmpty())
                || groups.stream().anyMatch(change -> change.after().isEmpty());
    }

    /** Keys that are not the identity's any more. */
    public static List<PolicyKey> lost(Change<Policy.Entry> change) {
        return missing(change.before(), change.after());
    }

    /** Keys that were not the identity's before. */
    public static List<PolicyKey> gained(Change<Policy.Entry> change) {
        return missing(change.after(), change.before());
    }

    /** Keys with another comment, as they are afterwards. */
    public static List<PolicyKey> renamed(Change<Policy.Entry> change) {
        return keys(change.after()).stream()
                .filter(key -> change.before()
                        .flatMap(entry -> entry.key(key.fingerprint()))
                        .filter(old -> !old.equals(key))
                        .isPresent())
                .toList();
    }

    private static List<PolicyKey> missing(Optional<Policy.Entry> from, Optional<Policy.Entry> in) {
        return keys(from).stream()
                .filter(key -> in.flatMap(entry -> entry.key(key.fingerprint())).isEmpty())
                .toList();
    }

    private static List<PolicyKey> keys(Optional<Policy.Entry> entry) {
        return entry.map(Policy.Entry::keys).orElse(List.of());
    }

    static <T> List<Change<T>> between(List<T> before, List<T> after, Function<T, String> name) {
        Map<String, T> old = before.stream().collect(Collectors.toMap(name, each -> each));
        Map<String, T> fresh = after.stream().collect(Collectors.toMap(name, each -> each));
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(fresh.keySet());
        List<Change<T>> changes = new ArrayList<>();
        for (String each : names) {
            Change<T> change = new Change<>(Optional.ofNullable(old.get(each)), Optional.ofNullable(fresh.get(each)));
            if (!change.before().equals(change.after())) {
                changes.add(change);
            }
        }
        return changes;
    }
}
