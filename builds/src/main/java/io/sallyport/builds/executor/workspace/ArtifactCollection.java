package io.sallyport.builds.executor.workspace;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.ArtifactSink;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Hands a workspace's artifacts to a sink. What a rule names but is not handed over is said in the log. */
public final class ArtifactCollection implements WorkspaceVisitor {
    private static final int OWNER_EXECUTE = 0100;

    private final ArtifactPatterns patterns;
    private final int limit;
    private final ArtifactSink sink;
    private final Notices notices;
    private int files;

    /**
     * A collection that is to be made once.
     *
     * @param limit of files
     */
    public ArtifactCollection(ArtifactPatterns patterns, int limit, ArtifactSink sink, Notices notices) {
        this.patterns = patterns;
        this.limit = limit;
        this.sink = sink;
        this.notices = notices;
    }

    @Override
    public void folder(Found folder) {}

    @Override
    public void file(Found file) throws IOException {
        notices.used(patterns, file.position());
        if (++files > limit) {
            throw new IOException("more than " + limit + " artifacts");
        }
        Found.Bytes bytes;
        try {
            bytes = file.open();
        } catch (FileSystemException e) {
            other(file.path(), "cannot be opened: " + e.getReason());
            return;
        }
        try (bytes) {
            sink.accept(file.path(), (file.permissions() & OWNER_EXECUTE) != 0, bytes.channel());
        }
    }

    @Override
    public void link(Found link) throws IOException {
        other(link.path(), "is a link");
    }

    @Override
    public void other(String path, String why) throws IOException {
        notices.passedOver(path, why);
    }
}
