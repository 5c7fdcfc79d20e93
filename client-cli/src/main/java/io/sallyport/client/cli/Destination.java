package io.sallyport.client.cli;

import io.sallyport.client.Artifact;
import io.sallyport.client.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where artifacts are put. Their paths come from a build and are not trusted. */
final class Destination {
    private final Path folder;
    private final long build;

    /** Below the folder, for artifacts of a build. */
    Destination(Path folder, long build) {
        this.folder = folder;
        this.build = build;
    }

    /**
     * The file for one artifact: what the user named, or the artifact's own name in the folder.
     *
     * @throws ClientException.Withheld when its own name counts, and is none to write to
     */
    Path file(Artifact artifact, @Nullable String output) throws ClientException {
        if (output == null) {
            return folder.resolve(name(artifact));
        }
        Path named = folder.resolve(output);
        return output.endsWith("/") || Files.isDirectory(named) ? named.resolve(name(artifact)) : named;
    }

    /**
     * Looks at a path alone.
     *
     * @throws ClientException.Withheld when it is none to write to
     */
    void require(Artifact artifact) throws ClientException {
        for (String part : parts(artifact)) {
            requireNotOfGit(artifact, part);
        }
    }

    /**
     * The file for an artifact by its path, always below the folder; the folders on the way are made, links are not followed.
     *
     * @throws ClientException.Withheld when its path is none to write to
     */
    Path within(Artifact artifact) throws ClientException {
        require(artifact);
        List<String> parts = parts(artifact);
        Path at = folder;
        try {
            Files.createDirectories(at);
            for (String part : parts.subList(0, parts.size() - 1)) {
                at = at.resolve(part);
                if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectory(at);
                }
            }
            Path file = at.resolve(parts.getLast());
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new ClientException.Unwritable("'" + file + "'", "something else is there already");
            }
            return file;
        } catch (ClientException e) {
            throw e;
        } catch (IOException e) {
            throw new ClientException.Unwritable("below '" + at + "'", String.valueOf(e.getMessage()));
        }
    }

    private String name(Artifact artifact) throws ClientException {
        String name = parts(artifact).getLast();
        requireNotOfGit(artifact, name);
        return name;
    }

    private void requireNotOfGit(Artifact artifact, String part) throws ClientException {
        if (GitNames.isRepository(part)) {
            throw GitNames.withheld(build, artifact.path(), "'" + part + "'");
        }
    }

    private List<String> parts(Artifact artifact) throws ClientException {
        List<String> parts = List.of(artifact.path().split("/", -1));
        if (!parts.stream().allMatch(this::isName)) {
            throw new ClientException.Withheld(artifact.path(), "it is not a path below a folder");
        }
        return parts;
    }

    private boolean isName(String part) {
        try {
            return !part.isEmpty() && !part.equals(".") && !part.equals("..") && folder.resolve(part) != null;
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
