package io.sallyport.gateway.policy;

import io.sallyport.builds.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/** The errors found so far, up to a bound; those beyond it are counted. */
final class Errors {
    private static final int MOST = 100;

    private final Set<PolicyError> found = new LinkedHashSet<>(); // what two aliases stand for is wrong once
    private int more;

    void add(@Nullable Mark mark, String message) {
        add(mark == null ? 1 : mark.getLine() + 1, mark == null ? 1 : mark.getColumn() + 1, message);
    }

    void add(int line, int column, String message) {
        if (found.size() < MOST) {
            found.add(new PolicyError(line, column, message));
        } else {
            more++;
        }
    }

    boolean none() {
        return found.isEmpty();
    }

    /** In the order of their places. */
    List<PolicyError> all() {
        List<PolicyError> all = new ArrayList<>(found);
        all.sort(Comparator.comparingInt(PolicyError::line).thenComparingInt(PolicyError::column));
        if (more > 0) {
            PolicyError last = all.getLast();
            all.add(new PolicyError(last.line(), last.column(), "and " + more + " more errors"));
        }
        return List.copyOf(all);
    }

    /** What is said behind a word that is not known: the one that was probably meant, else all that there are. */
    static String instead(String word, Collection<String> known) {
        return Nearest.to(word, known)
                .map(near -> ", did you mean '" + near + "'?")
                .orElse("; there are " + String.join(", ", known));
    }
}
