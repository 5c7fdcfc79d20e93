package io.sallyport.builds.spec.rule;

import io.sallyport.builds.regex.Effort;
import io.sallyport.builds.regex.Regex;
import io.sallyport.builds.spec.files.SourceView;
import io.sallyport.builds.spec.yaml.Halt;
import io.sallyport.builds.spec.yaml.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds files of a source by patterns; how many it looks at is bounded. */
public final class FileSearch {
    /** The most paths that are held against patterns, all together. */
    public static final int MOST = 1_000_000;

    /** A second or so, when there are very many files. */
    private static final long MOST_STEPS = 200_000_000;

    private final SourceView files;
    private final Effort effort = new Effort(MOST_STEPS);
    private final Map<String, Boolean> known = new HashMap<>();
    private int looks;

    /** A search among these. */
    public FileSearch(SourceView files) {
        this.files = files;
    }

    /** Whether there are files to be searched. */
    public boolean possible() {
        return files.known();
    }

    /**
     * Whether a file is there.
     *
     * @throws Halt when too many have been looked at
     */
    boolean exists(String glob, Place place) {
        return known.computeIfAbsent(glob, wanted -> !find(wanted, place, 1).isEmpty());
    }

    /**
     * The files that match, in the order of their paths.
     *
     * @throws Halt when too many have been looked at
     */
    public List<String> find(String glob, Place place) {
        return find(glob, place, Integer.MAX_VALUE);
    }

    private List<String> find(String glob, Place place, int most) {
        String literal = Glob.literal(glob);
        if (literal.equals(glob)) {
            return files.paths().contains(glob) ? List.of(glob) : List.of();
        }
        Optional<Regex> regex = Glob.regex(glob);
        List<String> found = new ArrayList<>();
        if (regex.isEmpty()) {
            return found;
        }
        for (String path : files.paths().tailSet(literal)) {
            if (!path.startsWith(literal) || found.size() >= most) {
                break;
            }
            if (++looks > MOST) {
                throw new Halt(place, "patterns of files are held against more than " + MOST + " paths");
            }
            Regex.Search search = regex.get().search(path, effort);
            if (effort.isSpent()) {
                throw new Halt(place, "patterns of files take too long with so many files");
            }
            if (search instanceof Regex.Search.Found) {
                found.add(path);
            }
        }
        return found;
    }
}
