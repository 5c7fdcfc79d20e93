package io.sallyport.gateway.sftp;

import java.time.Instant;
import java.util.List;

/**
 * The tree as one caller sees it: {@code /builds}, {@code /projects} and {@code /incoming}. For one thread.
 *
 * @param builds what is made of builds
 * @param projects links to builds
 * @param incoming where submissions are written to
 * @param opened when this look at the tree began: the time of folders that have none of their own
 */
record Tree(Builds builds, Projects projects, Incoming incoming, Instant opened) {
    private static final String BUILDS = "builds";
    private static final String PROJECTS = "projects";

    /** The place that a path names. A link at its end is the place itself unless followed; others are always followed. */
    Node find(RemotePath path, boolean follow) throws Failure, InterruptedException {
        if (path.names().isEmpty()) {
            return new FixedFolder(opened, List.of(folder(BUILDS), folder(RemotePath.INCOMING), folder(PROJECTS)));
        }
        return switch (path.top()) {
            case BUILDS -> builds.find(path.below());
            case RemotePath.INCOMING -> incoming.find(path);
            case PROJECTS -> projects.find(path.below(), follow);
            default -> throw Failure.notThere();
        };
    }

    /** The path without links, as far as they lead anywhere. What is not there is told as it was asked for. */
    RemotePath real(RemotePath path) throws InterruptedException {
        return path.top().equals(PROJECTS) ? projects.real(path.below()).orElse(path) : path;
    }

    private Entry folder(String name) {
        return new Entry(name, Attributes.folder(opened));
    }
}
