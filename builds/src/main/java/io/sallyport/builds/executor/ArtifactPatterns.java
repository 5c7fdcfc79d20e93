package io.sallyport.builds.executor;

import io.sallyport.builds.plan.ArtifactRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Artifact rules, ready to be held against paths while a folder is walked: {@link #step} from name to name, pruning
 * where {@link Position#none} says that nothing below can match. Without backtracking, so no pattern is slow.
 * Immutable; any thread.
 */
public final class ArtifactPatterns {
    private final List<ArtifactPattern> patterns;
    private final List<ArtifactPattern> exclude;
    private final boolean untracked;

    private ArtifactPatterns(List<ArtifactPattern> patterns, List<ArtifactPattern> exclude, boolean untracked) {
        this.patterns = List.copyOf(patterns);
        this.exclude = List.copyOf(exclude);
        this.untracked = untracked;
    }

    /**
     * Prepares rules. A leading {@code ./} and a trailing {@code /} mean nothing. A path that is absolute, has a
     * {@code ..} or is deeper than 60 names matches nothing.
     */
    public static ArtifactPatterns of(ArtifactRules rules) {
        return of(rules.paths(), rules.exclude(), rules.untracked());
    }

    /**
     * Prepares paths alone.
     *
     * @param untracked whether besides them all files are meant that were not in the source
     */
    public static ArtifactPatterns of(List<String> paths, boolean untracked) {
        return of(paths, List.of(), untracked);
    }

    private static ArtifactPatterns of(List<String> paths, List<String> exclude, boolean untracked) {
        return new ArtifactPatterns(
                paths.stream().map(path -> ArtifactPattern.of(path, true)).toList(),
                exclude.stream().map(path -> ArtifactPattern.of(path, false)).toList(),
                untracked);
    }

    /** Where a walk starts: at the workspace itself. */
    public Position start() {
        return new Position(start(patterns), start(exclude));
    }

    /** From a folder to something in it. */
    public Position step(Position folder, String name) {
        return new Position(step(patterns, folder.states, name), step(exclude, folder.excluded, name));
    }

    private static long[] start(List<ArtifactPattern> patterns) {
        long[] states = new long[patterns.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = patterns.get(i).start();
        }
        return states;
    }

    private static long[] step(List<ArtifactPattern> patterns, long[] folder, String name) {
        long[] states = new long[patterns.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = patterns.get(i).step(folder[i], name);
        }
        return states;
    }

    private static boolean matched(List<ArtifactPattern> patterns, long[] states) {
        for (int i = 0; i < states.length; i++) {
            if (patterns.get(i).matched(states[i])) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the thing at this position is named by a path, itself or by a folder it is in, and not left out by its own
     * path.
     */
    public boolean matches(Position position) {
        return matched(patterns, position.states) && !excludes(position);
    }

    /** Whether the thing at this position is left out, whatever names it. */
    public boolean excludes(Position position) {
        return matched(exclude, position.excluded);
    }

    /** Whether besides what {@link #matches} all files are meant that were not in the source. */
    public boolean untracked() {
        return untracked;
    }

    /** The paths, as written, that name the thing at this position. */
    public List<String> matching(Position position) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matched(position.states[i])) {
                found.add(patterns.get(i).written());
            }
        }
        return found;
    }

    /** All paths, as written. */
    public List<String> written() {
        return patterns.stream().map(ArtifactPattern::written).toList();
    }

    /**
     * The names at the top of a workspace that alone can be named, in order; empty when any can be, so that all of the
     * workspace has to be looked at.
     */
    public Optional<SortedSet<String>> roots() {
        SortedSet<String> roots = new TreeSet<>();
        for (ArtifactPattern pattern : patterns) {
            if (pattern.start() == 0) {
                continue; // names nothing
            }
            Optional<String> root = pattern.root();
            if (root.isEmpty()) {
                return Optional.empty();
            }
            roots.add(root.get());
        }
        return untracked ? Optional.empty() : Optional.of(roots);
    }

    /** How far each rule has come at one path. */
    public static final class Position {
        private final long[] states;
        private final long[] excluded;

        private Position(long[] states, long[] excluded) {
            this.states = states;
            this.excluded = excluded;
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
