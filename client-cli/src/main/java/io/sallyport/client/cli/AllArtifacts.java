package io.sallyport.client.cli;

import io.sallyport.client.Artifact;
import io.sallyport.client.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** All artifacts of a build on their way into a folder. What is not put there is told, and the others come. */
final class AllArtifacts {
    private final Session session;
    private final long build;
    private final Path folder;
    private final boolean replacing;

    /** Into a folder, in which other files may be replaced, or not. */
    AllArtifacts(Session session, long build, Path folder, boolean replacing) {
        this.session = session;
        this.build = build;
        this.folder = folder;
        this.replacing = replacing;
    }

    /** Fetches those that are not there already; returns the exit status, 0 when all are there then. */
    int fetch(List<Artifact> artifacts) throws IOException, InterruptedException {
        Destination destination = new Destination(folder, build);
        BareRepositories repositories = new BareRepositories(folder, artifacts);
        int status = ExitStatus.OK;
        int there = 0;
        for (Artifact artifact : artifacts) {
            try {
                destination.require(artifact);
                requireOutside(repositories, artifact);
                fetch(artifact, destination.within(artifact));
                there++;
            } catch (ClientException.Withheld e) {
                session.console().complain(String.valueOf(e.getMessage()));
                status = ExitStatus.of(e);
            }
        }
        session.console().say(counted(there, artifacts.size()) + " in " + folder + ", checked");
        return status;
    }

    private static String counted(int there, int all) {
        String some = there == all ? Integer.toString(all) : there + " of " + all;
        return all == 1 && there == 1 ? "1 artifact is" : some + " artifacts are";
    }

    private void requireOutside(BareRepositories repositories, Artifact artifact) throws ClientException {
        Path repository = repositories.above(artifact.path()).orElse(null);
        if (repository != null) {
            throw GitNames.withheld(
                    build, artifact.path(), "'" + repository + "', with HEAD and what else would be in it,");
        }
    }

    private void fetch(Artifact artifact, Path file) throws IOException, InterruptedException {
        if (!Files.exists(file)) {
            session.client().fetch(build, artifact, file);
        } else if (!artifact.isIn(file)) {
            if (!replacing) {
                throw new ClientException.Withheld(
                        artifact.path(), "another file is at '" + file + "' already, which --force replaces");
            }
            session.client().fetch(build, artifact, file);
        }
    }
}
