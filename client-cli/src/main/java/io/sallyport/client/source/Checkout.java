package io.sallyport.client.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A folder of a git checkout, as the git program knows it; where there is none, nothing is known. */
public final class Checkout {
    private final GitProgram git;

    /** Nothing is asked yet. */
    public Checkout(Path folder) {
        this.git = new GitProgram(folder);
    }

    /** Whether what git tracks is not as it was committed; false where there is no git program to ask. */
    public boolean changed() throws IOException, InterruptedException {
        GitProgram.Result status = git.run("status", "--porcelain", "--untracked-files=no", "--", ".");
        return status.status() == 0 && !status.output().isEmpty();
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
}
