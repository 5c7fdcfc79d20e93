package io.sallyport.builds.executor.workspace;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.Packed;
import io.sallyport.builds.source.WorkspaceEntry;
import io.sallyport.builds.source.WorkspaceTar;
import io.sallyport.builds.source.WorkspaceTarWriter;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Puts files of a workspace into a tar. What is named but left out is said in the log. */
public final class WorkspacePack implements WorkspaceVisitor {
    private static final char NO_CHARACTER = '\uFFFD';

    private final ArtifactPatterns patterns;
    private final WorkspaceTarWriter tar;
    private final Notices notices;
    private long files;
    private long bytes;

    /** A tar of a workspace's files that is to be made once. */
    public WorkspacePack(ArtifactPatterns patterns, WorkspaceTarWriter tar, Notices notices) {
        this.patterns = patterns;
        this.tar = tar;
        this.notices = notices;
    }

    /** What is in it so far. */
    public Packed packed() {
        return new Packed(files, bytes);
    }

    @Override
    public void folder(Found folder) throws IOException {
        notices.used(patterns, folder.position());
        if (nameable(folder)) {
            tar.add(new WorkspaceEntry.Folder(folder.path(), folder.permissions(), folder.modified()));
        }
    }

    @Override
    public void file(Found file) throws IOException {
        notices.used(patterns, file.position());
        if (!nameable(file)) {
            return;
        }
        try (Found.Bytes content = file.open()) {
            tar.add(
                    new WorkspaceEntry.RegularFile(file.path(), content.size(), file.permissions(), file.modified()),
                    content.channel());
            files++;
            bytes += content.size();
        } catch (FileSystemException e) {
            other(file.path(), "cannot be read: " + e.getReason());
        }
    }

    @Override
    public void link(Found link) throws IOException {
        notices.used(patterns, link.position());
        String target = link.target();
        if (target.isEmpty() || target.indexOf(NO_CHARACTER) >= 0) {
            other(link.path(), "is a link to a name that is not UTF-8");
        } else if (nameable(link)) {
            tar.add(new WorkspaceEntry.SymbolicLink(link.path(), target, link.modified()));
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
}
