package io.sallyport.builds.executor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One artifact path as an automaton over names: bit {@code i} of a state says that {@code i} of its names are matched;
 * the last bit, that the whole is.
 *
 * @param written by the user
 * @param names between the slashes
 * @param below whether everything below what is matched is matched too
 */
record ArtifactPattern(String written, List<String> names, boolean below) {
    private static final int DEEPEST = 60;
    private static final String ACROSS = "**";

    static ArtifactPattern of(String written, boolean below) {
        List<String> names = new ArrayList<>();
        for (String name : written.split("/")) {
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return new ArtifactPattern(written, List.copyOf(names), below);
    }

    long start() {
        boolean never = written.startsWith("/") || written.isBlank() || names.contains("..") || names.size() > DEEPEST;
        return never ? 0 : skipAcross(1);
    }

    long step(long state, String name) {
        long next = 0;
        for (int i = 0; i < names.size(); i++) {
            if ((state & (1L << i)) == 0) {
                continue;
            }
            if (names.get(i).equals(ACROSS)) {
                next |= 1L << i;
            } else if (nameMatches(names.get(i), name)) {
                next |= 1L << (i + 1);
            }
        }
        return skipAcross(below && matched(state) ? next | (1L << names.size()) : next);
    }

    boolean matched(long state) {
        return (state & (1L << names.size())) != 0;
    }

    /** The one name with which all that it matches begins; empty when there is no such. */
    Optional<String> root() {
        return names.isEmpty()
                        || names.getFirst().contains("*")
                        || names.getFirst().contains("?")
                ? Optional.empty()
                : Optional.of(names.getFirst());
    }

    /** Two stars also stand for no folder at all. */
    private long skipAcross(long state) {
        long all = state;
        for (int i = 0; i < names.size(); i++) {
            if ((all & (1L << i)) != 0 && names.get(i).equals(ACROSS)) {
                all |= 1L << (i + 1);
            }
        }
        return all;
    }

    /** Greedy, with one place to come back to: the last star. Linear but for the product of both lengths at worst. */
    static boolean nameMatches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
