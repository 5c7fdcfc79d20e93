package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.client.Body;
import io.sallyport.client.ClientException;
import io.sallyport.client.source.Checkout;
import io.sallyport.client.source.SourceTree;
import io.sallyport.client.source.StatCache;
import io.sallyport.client.source.TreeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the user named to submit.
 *
 * @param body the archive, or the folder as what is known of it
 * @param commit that is checked out, if it is a checkout
 * @param ref that is checked out, if it is a checkout
 * @param dirty whether it has changes that are not committed
 */
record SubmittedSource(Body body, Optional<String> commit, Optional<String> ref, boolean dirty) {
    private static final Pattern REPOSITORY = Pattern.compile("(?i)(https?://[^#]*)(?:#(.+))?");

    /** A folder, a file, {@code -}, or the address of a repository with {@code #REF} behind it. */
    static SubmittedSource of(String source, Session session) throws IOException, InterruptedException {
        if (source.equals("-")) {
            return archive(Body.of(session.surroundings().in()));
        }
        Matcher repository = REPOSITORY.matcher(source);
        if (repository.matches()) {
            return archive(repository(repository.group(1), Optional.ofNullable(repository.group(2))));
        }
        Path path = session.surroundings().folder().resolve(source).normalize();
        if (Files.isRegularFile(path)) {
            return archive(out -> copy(path, out));
        }
        Map<String, String> environment = session.surroundings().environment();
        Checkout checkout = new Checkout(path);
        // While git looks at the checkout, the folder is walked.
        FutureTask<Optional<String>> commit = started(checkout::commit);
        FutureTask<Optional<String>> ref = started(checkout::ref);
        FutureTask<Boolean> changed = started(checkout::changed);
        StatCache cache = StatCache.open(caches(environment), path, session.gateway());
        SourceTree tree = SourceTree.of(path, environment, session.console()::say);
        UploadProgress progress = new UploadProgress(
                session.console(), session.surroundings().terminals().err(), !session.nearby());
        Body body = TreeSource.of(tree, cache, progress);
        return tree.checkout()
                ? new SubmittedSource(body, result(commit), result(ref), tree.untracked() || result(changed))
                : archive(body);
    }

    /** Where the gateway finds the source by itself. */
    private static Body repository(String url, Optional<String> ref) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ObjectNode git = document.putObject("git").put("url", url);
        ref.ifPresent(name -> git.put("ref", name));
        return Body.of((document + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** As the XDG Base Directory Specification has it; without a home there is no place for them, and nobody can make this one. */
    private static Path caches(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .filter(value -> value.startsWith("/"))
                .map(Path::of)
                .or(() -> Optional.ofNullable(environment.get("HOME"))
                        .filter(value -> value.startsWith("/"))
                        .map(home -> Path.of(home, ".cache")))
                .map(at -> at.resolve("sally").resolve("trees"))
                .orElse(Path.of("/dev/null/none"));
    }

    private static <T> FutureTask<T> started(Callable<T> question) {
        FutureTask<T> task = new FutureTask<>(question);
        Thread.ofPlatform().daemon().name("git").start(task);
        return task;
    }

    private static <T> T result(FutureTask<T> task) throws IOException, InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static SubmittedSource archive(Body body) {
        return new SubmittedSource(body, Optional.empty(), Optional.empty(), false);
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
