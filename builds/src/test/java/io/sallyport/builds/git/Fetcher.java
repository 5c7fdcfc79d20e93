package io.sallyport.builds.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.blob.FileBlobStore;
import io.sallyport.builds.source.GitAddress;
import io.sallyport.builds.source.Received;
import io.sallyport.builds.source.Source;
import io.sallyport.builds.source.SourceIntake;
import io.sallyport.builds.source.SourceLimits;
import io.sallyport.builds.source.SourceUnpacker;
import io.sallyport.builds.web.Destinations;
import io.sallyport.builds.web.HostPattern;
import io.sallyport.builds.web.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Fetches what a test wants into a store of its own. */
final class Fetcher {
    static final SourceLimits LIMITS = new SourceLimits(64 << 20, 64 << 20, 1000, 20);
    static final GitLimits GIT = new GitLimits(2, Duration.ofSeconds(20), 10_000);

    final Path folder;
    final FileBlobStore blobs;
    private final Repositories repositories;
    private SourceLimits limits = LIMITS;
    private Optional<String> credentials = Optional.empty();
    private Function<Optional<String>, Optional<Refusal>> welcome = ref -> Optional.empty();

    Fetcher(Path folder, String... patterns) throws IOException {
        this(folder, GIT, host -> host, patterns.length == 0 ? new String[] {"localhost:*"} : patterns);
    }

    Fetcher(Path folder, GitLimits git, UnaryOperator<String> lookUp, String... patterns) throws IOException {
        this.folder = folder;
        this.blobs = FileBlobStore.open(folder);
        List<RepositoryPattern> allowed = Stream.of(patterns)
                .map(pattern -> RepositoryPattern.parse(pattern).orElseThrow())
                .toList();
        List<HostPattern> hosts = allowed.stream().map(RepositoryPattern::host).toList();
        this.repositories = new Repositories(
                allowed,
                new Destinations(
                        "git",
                        hosts,
                        true,
                        InetAddress::isLoopbackAddress,
                        name -> Destinations.lookUp(lookUp.apply(name))),
                Tls.open(Optional.empty()),
                git,
                blobs);
    }

    Fetcher with(SourceLimits other) {
        limits = other;
        return this;
    }

    Fetcher showing(String lines) {
        credentials = Optional.of(lines);
        return this;
    }

    Fetcher welcoming(Function<Optional<String>, Optional<Refusal>> other) {
        welcome = other;
        return this;
    }

    Fetched fetch(String url, String... ref) throws IOException {
        return repositories.fetch(new FetchOrder(
                "ann",
                new GitAddress(URI.create(url), Stream.of(ref).findFirst()),
                credentials,
                limits,
                welcome,
                bytes -> true));
    }

    Fetched.Ready ready(String url, String... ref) throws IOException {
        return assertInstanceOf(Fetched.Ready.class, fetch(url, ref), () -> "not fetched");
    }

    /** Why nothing is fetched; nothing is left of it. */
    Refusal refusal(String url, String... ref) throws IOException {
        List<Path> before = left();
        Refusal refusal =
                assertInstanceOf(Fetched.Refused.class, fetch(url, ref)).refusal();
        assertEquals(before, left());
        return refusal;
    }

    Refusal.NotFetched notFetched(String url, String... ref) throws IOException {
        return assertInstanceOf(Refusal.NotFetched.class, refusal(url, ref));
    }

    /** Files of the content store. */
    List<Path> left() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("blobs"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    Received received(Fetched.Ready ready) throws IOException {
        return new SourceIntake(blobs).receive(ready.tree(), limits, List.of(".sallyport.yml"));
    }

    Source source(String url, String... ref) throws IOException {
        try (Fetched.Ready ready = ready(url, ref);
                Received.Pending pending = assertInstanceOf(Received.Pending.class, received(ready))) {
            return pending.from(ready.origin()).commit();
        }
    }

    /** Lays a source out. */
    Path unpacked(Source source) throws Exception {
        Path target = Files.createTempDirectory(folder, "unpacked");
        new SourceUnpacker(blobs).unpack(source, target);
        return target;
    }
}
