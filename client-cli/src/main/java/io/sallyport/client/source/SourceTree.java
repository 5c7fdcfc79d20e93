package io.sallyport.client.source;

import io.sallyport.client.Body;
import io.sallyport.client.ClientException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * The files to submit, listed but not yet read.
 *
 * @param folder they are in
 * @param paths relative to the folder, sorted
 * @param checkout the git checkout that listed them
 */
public record SourceTree(Path folder, SortedSet<String> paths, Optional<Checkout> checkout) {
    /**
     * Lists a git checkout, or else a folder.
     *
     * @throws ClientException.BadSource when there is nothing to send, or something that cannot be
     */
    public static SourceTree of(Path folder) throws IOException, InterruptedException {
        if (!Files.isDirectory(folder)) {
            throw new ClientException.BadSource("there is no folder or archive '" + folder + "'");
        }
        Optional<Checkout> checkout = Checkout.of(folder);
        SortedSet<String> paths = checkout.isPresent() ? checkout.get().paths() : walk(folder);
        if (paths.isEmpty()) {
            throw new ClientException.BadSource("there is nothing to send in '" + folder + "'");
        }
        return new SourceTree(folder, paths, checkout);
    }

    /** The files as a tar, read while it is sent; what is neither file, folder nor link is left out and told. */
    public Body tar(Consumer<String> notices) {
        return new TarBody(folder, paths, notices);
    }

    private static SortedSet<String> walk(Path folder) throws IOException {
        try {
            return new Folder(folder).paths();
        } catch (AccessDeniedException e) {
            throw new ClientException.BadSource("cannot read '" + e.getFile() + "': permission denied");
        }
    }
}
