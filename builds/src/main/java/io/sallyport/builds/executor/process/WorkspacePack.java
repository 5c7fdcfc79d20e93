package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.Packed;
import io.sallyport.builds.executor.process.WorkspaceWalk.Found;
import io.sallyport.builds.source.WorkspaceEntry;
import io.sallyport.builds.source.WorkspaceTar;
import io.sallyport.builds.source.WorkspaceTarWriter;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Puts files of a workspace into a tar. What is named but left out is said in the log. */
final class WorkspacePack implements WorkspaceWalk.Visitor {
    private static final char NO_CHARACTER = '\uFFFD';

    private final Path workspace;
    private final ArtifactPatterns patterns;
    private final WorkspaceTarWriter tar;
    private final Notices notices;
    private long files;
    private long bytes;

    /** A tar of a workspace's files that is to be made once. */
    WorkspacePack(Path workspace, ArtifactPatterns patterns, WorkspaceTarWriter tar, Notices notices) {
        this.workspace = workspace;
        this.patterns = patterns;
        this.tar = tar;
        this.notices = notices;
    }

    /** What is in it so far. */
    Packed packed() {
        return new Packed(files, bytes);
    }

    @Override
    public void folder(Found folder) throws IOException {
        notices.used(patterns, folder.position());
        if (nameable(folder)) {
            tar.add(new WorkspaceEntry.Folder(folder.path(), permissions(folder), modified(folder)));
        }
    }

    @Override
    public void file(Found file) throws IOException {
        notices.used(patterns, file.position());
        if (!nameable(file)) {
            return;
        }
        try (SeekableByteChannel content = file.open()) {
            // Of the open file, not of the name: nothing else could be relied on.
            long size = content.size();
            tar.add(new WorkspaceEntry.RegularFile(file.path(), size, permissions(file), modified(file)), content);
            files++;
            bytes += size;
        } catch (FileSystemException e) {
            other(file.path(), "cannot be read: " + e.getReason());
        }
    }

    /**
     * A link's target can only be read by the link's path. Nothing of the job runs, so nothing is swapped; were it, a
     * target's text would be read, and no file.
     */
    @Override
    public void link(Found link) throws IOException {
        notices.used(patterns, link.position());
        String target = Files.readSymbolicLink(workspace.resolve(link.path())).toString();
        if (target.isEmpty() || target.indexOf(NO_CHARACTER) >= 0) {
            other(link.path(), "is a link to a name that is not UTF-8");
        } else if (nameable(link)) {
            tar.add(new WorkspaceEntry.SymbolicLink(link.path(), target, modified(link)));
            files++;
        }
    }

    @Override
    public void other(String path, String why) throws IOException {
        notices.passedOver(path, why);
    }

    private boolean nameable(Found found) throws IOException {
        boolean accepted = WorkspaceTar.accepts(found.path());
        if (!accepted) {
            other(found.path(), "has a control character or a backslash in its name");
        }
        return accepted;
    }

    private static int permissions(Found found) {
        return Permissions.mode(found.attributes().permissions());
    }

    private static Instant modified(Found found) {
        return found.attributes().lastModifiedTime().toInstant();
    }
}
