package io.sallyport.client.source;

import io.sallyport.client.Body;
import io.sallyport.client.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The files to submit, listed but not yet read.
 *
 * @param folder they are in
 * @param entries in the order of their paths
 * @param checkout whether the folder is, or is in, a git checkout
 * @param untracked whether git does not track some of them
 */
public record SourceTree(Path folder, List<TreeEntry> entries, boolean checkout, boolean untracked) {
    /**
     * Lists a folder as {@link TreeWalk} says.
     *
     * @param environment where the user's settings of git are found
     * @param notices is told what is left out
     * @throws ClientException.BadSource when there is nothing to send, or something that cannot be
     */
    public static SourceTree of(Path folder, Map<String, String> environment, Consumer<String> notices)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ClientException.BadSource("there is no folder or archive '" + folder + "'");
        }
        TreeWalk.Found found = new TreeWalk(folder, environment, notices).run();
        if (found.entries().isEmpty()) {
            throw new ClientException.BadSource("there is nothing to send in '" + folder + "'");
        }
        return new SourceTree(folder, found.entries(), found.checkout(), found.untracked());
    }

    /** Paths below the folder. */
    SortedSet<String> paths() {
        SortedSet<String> paths = new TreeSet<>();
        entries.forEach(entry -> paths.add(entry.path()));
        return paths;
    }

    /** The files as a tar, read while it is sent. */
    public Body tar(Consumer<String> notices) {
        return tar(path -> true, notices);
    }

    /** The same with the bytes of those files alone whose paths {@code whole} takes; others are empty. */
    Body tar(Predicate<String> whole, Consumer<String> notices) {
        return new TarBody(folder, paths(), whole, notices);
    }

    /** The digests of its files; those are read that are not surely as they were. */
    ListedTree listed(Comparison comparison) throws IOException, InterruptedException {
        return comparison.listed(new FileDigests(folder).of(comparison.unread()));
    }
}
