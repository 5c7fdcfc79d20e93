package io.sallyport.client.cli;

import io.sallyport.client.Artifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Folders that git takes for repositories although none of their names says so, by what is in them and what is about to come. */
final class BareRepositories {
    private static final String HEAD = "HEAD";
    private static final String OBJECTS = "objects";
    private static final String REFS = "refs";
    private static final String ELSEWHERE = "commondir";

    private final Path folder;

    /** By the folders that are to come, empty for the one that is there, the names in them. */
    private final Map<String, Set<String>> names = new HashMap<>();

    private final Map<String, Boolean> known = new HashMap<>();

    /** What the artifacts make of the folder; their paths are below it. */
    BareRepositories(Path folder, List<Artifact> artifacts) {
        this.folder = folder;
        for (Artifact artifact : artifacts) {
            String rest = artifact.path();
            for (int slash = rest.lastIndexOf('/'); slash >= 0; slash = rest.lastIndexOf('/')) {
                add(rest.substring(0, slash), rest.substring(slash + 1));
                rest = rest.substring(0, slash);
            }
            add("", rest);
        }
    }

    private void add(String at, String name) {
        names.computeIfAbsent(at, folder -> new HashSet<>()).add(GitNames.plain(name));
    }

    /** The outermost repository that a path leads into, as a path; empty when there is none. */
    Optional<Path> above(String path) {
        for (int slash = 0; slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String at = path.substring(0, slash);
            if (known.computeIfAbsent(at, this::isOne)) {
                return Optional.of(folder.resolve(at));
            }
        }
        return Optional.empty();
    }

    private boolean isOne(String at) {
        return has(at, HEAD) && (has(at, ELSEWHERE) || (has(at, OBJECTS) && has(at, REFS)));
    }

    private boolean has(String at, String name) {
        return names.getOrDefault(at, Set.of()).contains(GitNames.plain(name))
                || Files.exists(folder.resolve(at).resolve(name));
    }
}
