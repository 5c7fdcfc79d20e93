package io.sallyport.builds.git;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.Refusal.NotFetched.Why;
import io.sallyport.builds.Turns;
import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.StorageFullException;
import io.sallyport.builds.source.GitOrigin;
import io.sallyport.builds.web.Destinations;
import io.sallyport.builds.web.PinnedClient;
import io.sallyport.builds.web.Tls;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to repositories. Brings one commit without its history: asks in version 2 of git's protocol over HTTP, unpacks
 * what comes into a temporary file of the content store, and knows neither hooks nor filters nor any configuration that a
 * repository could have. May be used from many threads at once.
 */
public final class Repositories {
    private static final Logger LOG = LoggerFactory.getLogger(Repositories.class);

    private static final Duration CONNECTING = Duration.ofSeconds(10);

    private final Places places;
    private final PinnedClient clients;
    private final GitLimits limits;
    private final BlobStore blobs;
    private final Turns turns;

    /**
     * Fetches from such repositories.
     *
     * @param patterns of those that may be; none when nothing is fetched at all
     * @param destinations whose hosts are those of the patterns
     * @param blobs where temporary files are made, and removed after a crash
     */
    public Repositories(
            List<RepositoryPattern> patterns, Destinations destinations, Tls tls, GitLimits limits, BlobStore blobs) {
        this.places = new Places(patterns, destinations);
        this.clients = new PinnedClient(tls, CONNECTING);
        this.limits = limits;
        this.blobs = blobs;
        this.turns = new Turns(limits.atOnce(), Math.max(1, limits.atOnce() / 2));
    }

    /** Fetches from none. */
    public static Repositories none(BlobStore blobs) throws IOException {
        return new Repositories(
                List.of(),
                new Destinations("git", List.of(), false, address -> false, Destinations::lookUp),
                Tls.open(Optional.empty()),
                new GitLimits(1, Duration.ofMinutes(1), 1),
                blobs);
    }

    /**
     * Fetches. Waits for a turn first.
     *
     * @return a commit, which the caller closes, or why not
     * @throws IOException when the gateway's own disk fails in another way than by being full
     */
    public Fetched fetch(FetchOrder order) throws IOException {
        String url = order.address().url().toString();
        Credentials credentials = Credentials.parse(order.credentials().orElse(""));
        try {
            places.requireAllowed(order.address().url());
            Optional<Turns.Turn> turn = turns.take(order.who(), limits.timeout());
            if (turn.isEmpty()) {
                return new Fetched.Refused(new Refusal.NotFetched(
                        url, Why.BUSY, "as many repositories as may be at once are being fetched (git.atOnce)"));
            }
            try {
                return fetch(order, credentials);
            } finally {
                turn.get().close();
            }
        } catch (GitFailure e) {
            Refusal refusal = masked(e.refusal(url), credentials);
            LOG.info("fetch refused by={} url={} why={}", order.who(), url, refusal);
            return new Fetched.Refused(refusal);
        } catch (StorageFullException e) {
            return new Fetched.Refused(new Refusal.StorageFull());
        } catch (ClosedByInterruptException e) {
            return new Fetched.Refused(new Refusal.Interrupted());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Fetched.Refused(new Refusal.Interrupted());
        }
    }

    private static Refusal masked(Refusal refusal, Credentials credentials) {
        return refusal instanceof Refusal.NotFetched(String url, Why why, String words)
                ? new Refusal.NotFetched(url, why, credentials.masked(words))
                : refusal;
    }

    private Fetched fetch(FetchOrder order, Credentials credentials) throws IOException {
        try (GitHttp http = new GitHttp(
                places,
                clients,
                credentials,
                order.address().url(),
                limits.timeout(),
                order.limits().bytes(),
                order.more())) {
            Remote remote = new Remote(http);
            remote.hello();
            Tip tip = remote.find(order.address());
            Optional<Refusal> unwelcome = order.welcome().apply(tip.ref());
            return unwelcome.isPresent() ? new Fetched.Refused(unwelcome.get()) : fetch(order, remote, tip);
        }
    }

    private Fetched fetch(FetchOrder order, Remote remote, Tip tip) throws IOException {
        Objects objects = new Objects(
                blobs.create(), digest(remote.hash()), order.limits().unpackedBytes());
        boolean ready = false;
        try {
            remote.fetch(tip, pack -> {
                try (PackInput in = new PackInput(pack, digest(remote.hash()))) {
                    new PackReader(in, objects, remote.nameBytes(), limits.objects()).read();
                }
            });
            Commit commit = Commit.read(objects, tip.id());
            FetchedTree tree = new FetchedTree(objects, commit, remote.nameBytes());
            ready = true;
            return new Fetched.Ready(
                    objects, tree, new GitOrigin(order.address().url().toString(), tip.ref(), commit.id()));
        } finally {
            if (!ready) {
                objects.close();
            }
        }
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }
}
