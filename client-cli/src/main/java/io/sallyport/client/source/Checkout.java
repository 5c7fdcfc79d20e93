package io.sallyport.client.source;

import io.sallyport.client.ClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** A folder of a git checkout: what git tracks there, and what is new and not ignored, as it is on disk now. */
public final class Checkout {
    private final Path folder;
    private final GitProgram git;

    private Checkout(Path folder) {
        this.folder = folder;
        this.git = new GitProgram(folder);
    }

    /**
     * The folder as a checkout; empty when git knows nothing of it, or ignores it.
     *
     * @throws ClientException.BadSource when git does not want to read it: its ignored files must not be sent for that
     */
    public static Optional<Checkout> of(Path folder) throws IOException, InterruptedException {
        Checkout checkout = new Checkout(folder);
        GitProgram.Result inside = checkout.git.run("rev-parse", "--is-inside-work-tree");
        if (inside.status() == -1 && Files.exists(folder.resolve(".git"))) {
            throw new ClientException.BadSource("'" + folder
                    + "' is a git checkout, but there is no git program to ask what it ignores: install git");
        }
        if (inside.status() == -1 || inside.errors().contains("not a git repository")) {
            return Optional.empty();
        }
        checkout.git.need("rev-parse", "--is-inside-work-tree");
        boolean ignored = checkout.git.run("check-ignore", "-q", ".").status() == 0;
        return inside.line().equals(Optional.of("true")) && !ignored ? Optional.of(checkout) : Optional.empty();
    }

    /** The commit that is checked out; empty before the first. */
    public Optional<String> commit() throws IOException, InterruptedException {
        return git.run("rev-parse", "--verify", "--quiet", "HEAD^{commit}").line();
    }

    /** The short name of the branch, or of a tag right here; empty when there is neither. */
    public Optional<String> ref() throws IOException, InterruptedException {
        Optional<String> branch =
                git.run("symbolic-ref", "--quiet", "--short", "HEAD").line();
        return branch.isPresent()
                ? branch
                : git.run("describe", "--tags", "--exact-match").line();
    }

    /** Paths below the folder, those of submodules and of other checkouts in it too. */
    SortedSet<String> paths() throws IOException, InterruptedException {
        SortedSet<String> paths = new TreeSet<>();
        byte[] listed = git.need("ls-files", "--cached", "--others", "--exclude-standard", "-z")
                .output()
                .getBytes(StandardCharsets.ISO_8859_1);
        int start = 0;
        for (int end = 0; end < listed.length; end++) {
            if (listed[end] == 0) {
                add(FileName.decode(listed, start, end), paths);
                start = end + 1;
            }
        }
        return paths;
    }

    private void add(String listed, SortedSet<String> paths) throws IOException, InterruptedException {
        String path = listed.endsWith("/") ? listed.substring(0, listed.length() - 1) : listed;
        Path file = folder.resolve(path);
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.exists(file.resolve(".git"))) {
                new Checkout(file).paths().forEach(inner -> paths.add(path + "/" + inner));
            }
        } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            // What git tracks but somebody deleted is not there to be sent.
            paths.add(path);
        }
    }
}
