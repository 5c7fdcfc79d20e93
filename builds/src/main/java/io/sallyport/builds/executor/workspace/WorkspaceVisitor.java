package io.sallyport.builds.executor.workspace;

import java.io.IOException;

/** Is shown what patterns name in a workspace, the names of each folder in order. */
public interface WorkspaceVisitor {
    /** A folder that a path names, before what is in it. */
    void folder(Found folder) throws IOException;

    /** A regular file. */
    void file(Found file) throws IOException;

    /** A symbolic link. */
    void link(Found link) throws IOException;

    /** Something that is passed over, and why. */
    void other(String path, String why) throws IOException;
}
