package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.workspace.SourceFiles;
import io.sallyport.builds.executor.workspace.TarWalk;
import io.sallyport.builds.executor.workspace.WorkspaceVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.SortedSet;

/** The workspace in a container that does not run. */
record ContainerFiles(Container container) {
    /** Shows what patterns name. Where they name only some things at the top, only these are asked for. */
    void walk(ArtifactPatterns patterns, SourceFiles source, int entries, WorkspaceVisitor visitor)
            throws IOException, InterruptedException {
        TarWalk walk = new TarWalk(patterns, source, entries, visitor);
        Optional<SortedSet<String>> roots = patterns.roots();
        if (roots.isEmpty()) {
            try (InputStream tar = container.get(place(""))) {
                walk.over(tar, ContainerPlaces.WORKSPACE, this::tarOf);
            }
            return;
        }
        for (String root : roots.get()) {
            try (InputStream tar = container.get(place("/" + root))) {
                walk.over(tar, "", this::tarOf);
            } catch (EngineException e) {
                if (!e.isAbsent()) {
                    throw e;
                }
            }
        }
    }

    private InputStream tarOf(String path) throws IOException {
        try {
            return container.get(place("/" + path));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a file was read", e);
        }
    }

    private static String place(String below) {
        return ContainerPlaces.JOB.workspace() + below;
    }
}
