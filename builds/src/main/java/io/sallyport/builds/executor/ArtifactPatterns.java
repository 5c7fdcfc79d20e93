package io.sallyport.builds.executor;

import io.sallyport.builds.plan.ArtifactRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Artifact rules, ready to be held against paths while a folder is walked: {@link #step} from name to name, pruning
 * where {@link Position#none} says that nothing below can match. Without backtracking, so no pattern is slow.
 * Immutable; any thread.
 */
public final class ArtifactPatterns {
    private final List<ArtifactPattern> patterns;

    private ArtifactPatterns(List<ArtifactPattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /**
     * Prepares rules. A leading {@code ./} and a trailing {@code /} mean nothing. A path that is absolute, has a
     * {@code ..} or is deeper than 60 names matches nothing.
     */
    public static ArtifactPatterns of(ArtifactRules rules) {
        List<ArtifactPattern> patterns = new ArrayList<>();
        for (String path : rules.paths()) {
            patterns.add(ArtifactPattern.of(path));
        }
        return new ArtifactPatterns(patterns);
    }

    /** Where a walk starts: at the workspace itself. */
    public Position start() {
        long[] states = new long[patterns.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = patterns.get(i).start();
        }
        return new Position(states);
    }

    /** From a folder to something in it. */
    public Position step(Position folder, String name) {
        long[] states = new long[patterns.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = patterns.get(i).step(folder.states[i], name);
        }
        return new Position(states);
    }

    /** Whether the thing at this position is named by a rule, itself or by a folder it is in. */
    public boolean matches(Position position) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matched(position.states[i])) {
                return true;
            }
        }
        return false;
    }

    /** The rules, as written, that name the thing at this position. */
    public List<String> matching(Position position) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matched(position.states[i])) {
                found.add(patterns.get(i).written());
            }
        }
        return found;
    }

    /** All rules, as written. */
    public List<String> written() {
        return patterns.stream().map(ArtifactPattern::written).toList();
    }

    /** How far each rule has come at one path. */
    public static final class Position {
        private final long[] states;

        private Position(long[] states) {
            this.states = states;
        }

        /** Whether neither this nor anything below it can match. */
        public boolean none() {
            for (long state : states) {
                if (state != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
