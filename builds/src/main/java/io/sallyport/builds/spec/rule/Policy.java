package io.sallyport.builds.spec.rule;

import java.util.List;
import java.util.Optional;

/**
 * What {@code only} or {@code except} asks for.
 *
 * @param refs one of which is to match; empty when none are asked for
 * @param variables conditions, one of which is to hold; empty when none are asked for
 * @param changes whether files are asked for that have changed
 * @param kubernetes whether a cluster is asked for, which is never there
 */
public record Policy(
        Optional<List<RefFilter>> refs, Optional<List<Condition>> variables, boolean changes, boolean kubernetes) {
    /** Whether all of it holds: {@code only}. */
    boolean all(Situation situation) {
        return !kubernetes
                && refs.map(some -> matches(some, situation)).orElse(true)
                && variables.map(some -> holds(some, situation)).orElse(true);
    }

    /** Whether any of it holds: {@code except}. Which files have changed is not known: none. */
    boolean any(Situation situation) {
        return refs.map(some -> matches(some, situation)).orElse(false)
                || variables.map(some -> holds(some, situation)).orElse(false);
    }

    private static boolean matches(List<RefFilter> refs, Situation situation) {
        return refs.stream().anyMatch(ref -> ref.matches(situation));
    }

    private static boolean holds(List<Condition> conditions, Situation situation) {
        return conditions.stream().anyMatch(condition -> condition.holds(situation));
    }

    String described() {
        StringBuilder text = new StringBuilder();
        refs.ifPresent(some ->
                text.append(String.join(", ", some.stream().map(RefFilter::text).toList())));
        variables.ifPresent(some -> text.append(text.isEmpty() ? "" : "; ")
                .append(String.join(" or ", some.stream().map(Condition::text).toList())));
        if (changes) {
            text.append(text.isEmpty() ? "" : "; ").append("changes");
        }
        if (kubernetes) {
            text.append(text.isEmpty() ? "" : "; ").append("kubernetes");
        }
        return text.toString();
    }
}
