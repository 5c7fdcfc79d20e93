package io.sallyport.gateway.policy;

import io.sallyport.keys.Grant;
import io.sallyport.keys.Group;
import io.sallyport.keys.Identity;
import io.sallyport.keys.Policy;
import io.sallyport.keys.PolicyChanges;
import io.sallyport.keys.PolicyChanges.Change;
import io.sallyport.keys.PolicyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** What is different between two policies, in plain words. */
final class PolicyWords {
    private static final int MOST_LINES = 20_000;

    private final ToIntFunction<String> deployKeysMadeBy;

    /** Words for a gateway where each identity has made so many deploy keys. */
    PolicyWords(ToIntFunction<String> deployKeysMadeBy) {
        this.deployKeysMadeBy = deployKeysMadeBy;
    }

    /**
     * One thing that is different.
     *
     * @param subject an identity or a group
     * @param verdict what becomes of it
     * @param details each a line
     */
    record Section(String subject, String verdict, List<String> details) {}

    List<Section> sections(PolicyChanges changes) {
        List<Section> sections = new ArrayList<>();
        changes.identities().forEach(change -> sections.add(identity(change)));
        changes.groups().forEach(change -> sections.add(group(change)));
        return sections;
    }

    /** All of it as lines for people, the sums last. */
    String text(PolicyChanges changes) {
        List<String> lines = new ArrayList<>();
        for (Section section : sections(changes)) {
            lines.add(section.subject + ": " + section.verdict);
            section.details.forEach(detail -> lines.add("  " + detail));
        }
        if (lines.size() > MOST_LINES) {
            int more = lines.size() - MOST_LINES;
            lines.subList(MOST_LINES, lines.size()).clear();
            lines.add("and " + more + " more lines");
        }
        lines.add(sums(changes));
        return String.join("\n", lines) + "\n";
    }

    static String sums(PolicyChanges changes) {
        int gained = changes.identities().stream()
                .mapToInt(change -> PolicyChanges.gained(change).size())
                .sum();
        int lost = changes.identities().stream()
                .mapToInt(change -> PolicyChanges.lost(change).size())
                .sum();
        return "identities: " + sums(changes.identities()) + "; groups: " + sums(changes.groups()) + "; keys: " + gained
                + " added, " + lost + " removed";
    }

    private static <T> String sums(List<Change<T>> changes) {
        long added =
                changes.stream().filter(change -> change.before().isEmpty()).count();
        long removed =
                changes.stream().filter(change -> change.after().isEmpty()).count();
        return added + " added, " + (changes.size() - added - removed) + " changed, " + removed + " removed";
    }

    private Section identity(Change<Policy.Entry> change) {
        Optional<Identity> before = change.before().map(Policy.Entry::identity);
        Optional<Identity> after = change.after().map(Policy.Entry::identity);
        List<String> details = new ArrayList<>();
        after.ifPresent(now -> standing(details, before, now));
        grants(details, before.map(Identity::grants), after.map(Identity::grants));
        for (PolicyKey key : PolicyChanges.lost(change)) {
            details.add("- " + words(key));
        }
        for (PolicyKey key : PolicyChanges.gained(change)) {
            details.add("+ " + words(key));
        }
        for (PolicyKey key : PolicyChanges.renamed(change)) {
            details.add("  " + words(key) + ", another comment");
        }
        String name = before.or(() -> after).orElseThrow().name();
        return new Section("identity " + name, verdict(change) + (after.isEmpty() ? orphans(name) : ""), details);
    }

    private static void standing(List<String> details, Optional<Identity> before, Identity now) {
        if (before.map(Identity::kind).filter(now.kind()::equals).isEmpty()) {
            details.add("  kind: " + now.kind().label());
        }
        if (before.map(Identity::locked).orElse(false) != now.locked()) {
            details.add(now.locked() ? "  LOCKED: nothing is allowed to it" : "  not locked any more");
        }
        if (before.map(Identity::verifyRequired).orElse(false) != now.verifyRequired()) {
            details.add(
                    now.verifyRequired()
                            ? "  only security keys that verify their user let it in"
                            : "  any key lets it in");
        }
    }

    private String orphans(String name) {
        int keys = deployKeysMadeBy.applyAsInt(name);
        return switch (keys) {
            case 0 -> "";
            case 1 -> "; 1 deploy key that it has made lets nobody in any more";
            default -> "; " + keys + " deploy keys that it has made let nobody in any more";
        };
    }

    private static Section group(Change<Group> change) {
        List<String> details = new ArrayList<>();
        Set<String> before = members(change.before());
        Set<String> after = members(change.after());
        before.stream().filter(member -> !after.contains(member)).forEach(gone -> details.add("- member " + gone));
        after.stream().filter(member -> !before.contains(member)).forEach(more -> details.add("+ member " + more));
        grants(details, change.before().map(Group::grants), change.after().map(Group::grants));
        Group either = change.before().or(change::after).orElseThrow();
        return new Section("group " + either.name(), verdict(change), details);
    }

    private static Set<String> members(Optional<Group> group) {
        return group.map(known -> new TreeSet<>(known.members())).orElseGet(TreeSet::new);
    }

    private static String verdict(Change<?> change) {
        if (change.before().isEmpty()) {
            return "added";
        }
        return change.after().isEmpty() ? "REMOVED" : "changed";
    }

    private static void grants(List<String> details, Optional<List<Grant>> before, Optional<List<Grant>> after) {
        List<Grant> old = before.orElse(List.of());
        List<Grant> now = after.orElse(List.of());
        old.stream().filter(grant -> !now.contains(grant)).forEach(gone -> details.add("- " + gone));
        now.stream().filter(grant -> !old.contains(grant)).forEach(more -> details.add("+ " + more));
    }

    private static String words(PolicyKey key) {
        return "key " + key.fingerprint() + (key.comment().isEmpty() ? "" : " " + Quoted.visible(key.comment()));
    }
}
