package io.sallyport.builds.executor.process;

import io.sallyport.builds.executor.ArtifactPatterns;
import io.sallyport.builds.executor.ArtifactSink;
import io.sallyport.builds.executor.process.WorkspaceWalk.Found;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.PosixFilePermission;

/** Hands a workspace's artifacts to a sink. What a rule names but is not handed over is said in the log. */
final class ArtifactCollection implements WorkspaceWalk.Visitor {
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
    ArtifactCollection(ArtifactPatterns patterns, int limit, ArtifactSink sink, Notices notices) {
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
        ReadableByteChannel bytes;
        try {
            bytes = file.open();
        } catch (FileSystemException e) {
            other(file.path(), "cannot be opened: " + e.getReason());
            return;
        }
        try (bytes) {
            boolean executable = file.attributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE);
            sink.accept(file.path(), executable, bytes);
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
