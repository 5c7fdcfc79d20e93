package io.sallyport.client.cli;

import io.sallyport.client.Body;
import io.sallyport.client.ClientException;
import io.sallyport.client.source.Checkout;
import io.sallyport.client.source.SourceTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the user named to submit.
 *
 * @param body the archive
 * @param commit that is checked out, if it is a checkout
 * @param ref that is checked out, if it is a checkout
 */
record SubmittedSource(Body body, Optional<String> commit, Optional<String> ref) {
    /** A folder, a file or {@code -}. */
    static SubmittedSource of(String source, Session session) throws IOException, InterruptedException {
        if (source.equals("-")) {
            return archive(Body.of(session.surroundings().in()));
        }
        Path path = session.surroundings().folder().resolve(source).normalize();
        if (Files.isRegularFile(path)) {
            return archive(out -> copy(path, out));
        }
        SourceTree tree = SourceTree.of(path);
        Body tar = tree.tar(session.console()::say);
        if (tree.checkout().isEmpty()) {
            return archive(tar);
        }
        Checkout checkout = tree.checkout().get();
        return new SubmittedSource(tar, checkout.commit(), checkout.ref());
    }

    private static SubmittedSource archive(Body body) {
        return new SubmittedSource(body, Optional.empty(), Optional.empty());
    }

    private static void copy(Path file, OutputStream out) throws IOException {
        InputStream archive;
        try {
            archive = Files.newInputStream(file);
        } catch (IOException e) {
            throw new ClientException.BadSource("cannot read '" + file + "': " + e.getMessage());
        }
        try (archive) {
            archive.transferTo(out);
        }
    }
}
