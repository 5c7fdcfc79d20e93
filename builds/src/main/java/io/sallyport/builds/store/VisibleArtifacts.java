package io.sallyport.builds.store;

import io.sallyport.builds.Artifact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Of all that the jobs of a build have left, what is seen by path alone: where two jobs have left a file at the same path,
 * that of the later one; where one has left a file and the other a folder, also that of the later one. So the paths always
 * make a tree.
 */
public final class VisibleArtifacts {
    private final Set<String> files = new HashSet<>();
    private final Set<String> folders = new HashSet<>();

    private VisibleArtifacts() {}

    /**
     * Those that are seen, in the order given.
     *
     * @param all in any order
     * @param jobs the names of the build's jobs in the order of its plan
     */
    public static List<Artifact> of(List<Artifact> all, List<String> jobs) {
        Map<String, List<Artifact>> byJob = all.stream().collect(Collectors.groupingBy(Artifact::job));
        VisibleArtifacts seen = new VisibleArtifacts();
        Set<Artifact> visible = new HashSet<>();
        for (String job : jobs.reversed()) {
            List<Artifact> ofJob = byJob.getOrDefault(job, List.of()).stream()
                    .filter(artifact -> seen.isFree(artifact.path()))
                    .toList();
            ofJob.forEach(artifact -> seen.take(artifact.path()));
            visible.addAll(ofJob);
        }
        return all.stream().filter(visible::contains).toList();
    }

    private boolean isFree(String path) {
        return !files.contains(path)
                && !folders.contains(path)
                && above(path).stream().noneMatch(files::contains);
    }

    private void take(String path) {
        files.add(path);
        folders.addAll(above(path));
    }

    /** The folders that a path lies in. */
    static List<String> above(String path) {
        List<String> folders = new ArrayList<>();
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            folders.add(path.substring(0, slash));
        }
        return folders;
    }
}
