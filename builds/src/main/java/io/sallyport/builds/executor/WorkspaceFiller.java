package io.sallyport.builds.executor;

import io.sallyport.builds.source.Source;
import java.io.IOException;
import java.nio.file.Path;

/** Puts a source's files into a workspace. May be called by several threads at once, for a folder each. */
@FunctionalInterface
public interface WorkspaceFiller {
    /**
     * Unpacks a source.
     *
     * @param source what to unpack, checked when it was received
     * @param folder an empty folder that nobody else uses yet
     * @throws IOException when the source cannot be read or the folder not be written
     * @throws InterruptedException when the thread is interrupted; the folder then holds any part of the source
     */
    void fill(Source source, Path folder) throws IOException, InterruptedException;
}
