package io.sallyport.client.source;

import io.sallyport.client.Body;
import io.sallyport.client.KnownSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A folder as a source of which only what the gateway lacks is sent. */
public final class TreeSource implements KnownSource {
    /** What is more is asked for first: it may be there, and what has come of it survives a lost connection. */
    private static final long MOST_GUESSED = 4 << 20;

    /** Less is sent before zstd is ready. */
    private static final long LEAST_COMPRESSED = 256 << 10;

    private final SourceTree tree;
    private final ListedTree listed;
    private final StatCache cache;
    private final Sending sending;
    private final ManifestChanges changes;

    /** By the digests of their contents: files that the gateway is likely to lack. */
    private final Map<String, TreeEntry.RegularFile> guess;

    private final FutureTask<RememberedTree.Entries> remembered;
    private @Nullable Manifest all;

    /** How files are sent. */
    public interface Sending {
        /**
         * So many bytes of files are about to be sent.
         *
         * @param files how many
         * @param manifest bytes of the manifest or its changes, which go with them
         */
        void begin(long bytes, int files, int manifest);

        /** So many of them have been. */
        void sent(long bytes);

        /** Whether to compress. */
        boolean compressed();

        /** A sentence for people. */
        Consumer<String> notices();
    }

    private TreeSource(SourceTree tree, ListedTree listed, Comparison comparison, StatCache cache, Sending sending) {
        this.tree = tree;
        this.listed = listed;
        this.cache = cache;
        this.sending = sending;
        this.changes = comparison.changes(listed, cache.base());
        this.guess = guess(changes, cache);
        this.remembered = new FutureTask<>(() -> cache.entries(listed, comparison));
    }

    /**
     * A folder, of which nothing is told while it is sent, compressed.
     *
     * @param caches where the digests of files are remembered; made when it is needed
     * @param gateway a name for host, port and project: what one has says nothing of another
     */
    public static TreeSource of(Path folder, Path caches, String gateway) throws IOException, InterruptedException {
        StatCache cache = StatCache.open(caches, folder, gateway);
        return of(SourceTree.of(folder, System.getenv(), notice -> {}), cache, new Quiet());
    }

    /** Reads those files that the cache does not know. */
    public static TreeSource of(SourceTree tree, StatCache cache, Sending sending)
            throws IOException, InterruptedException {
        Comparison comparison = cache.compare(tree.entries());
        return new TreeSource(tree, tree.listed(comparison), comparison, cache, sending);
    }

    /** Files with contents that the gateway has not had. */
    private static Map<String, TreeEntry.RegularFile> guess(ManifestChanges changes, StatCache cache) {
        Map<Sha256, TreeEntry.RegularFile> files = new HashMap<>();
        for (ListedTree.Line line : changes.lines()) {
            if (line.entry() instanceof TreeEntry.RegularFile file) {
                files.putIfAbsent(line.content(), file);
            }
        }
        cache.removeKnown(files.keySet());
        Map<String, TreeEntry.RegularFile> guess = new HashMap<>();
        files.forEach((digest, file) -> guess.put(digest.hex(), file));
        return guess;
    }

    @Override
    public boolean guessed() {
        return changes.base().isPresent() && bytes(guess) <= MOST_GUESSED;
    }

    @Override
    public Optional<Body> changes() {
        return changes.text().map(text -> body(text, guess));
    }

    @Override
    public Body manifest() {
        return Body.of(all().text());
    }

    @Override
    public Body named() {
        return all().name();
    }

    @Override
    public Collection<String> known(Collection<String> digests) {
        return digests.stream().filter(all().files()::containsKey).toList();
    }

    @Override
    public Body with(Collection<String> digests) {
        Map<String, TreeEntry.RegularFile> files = new HashMap<>(all().files());
        files.keySet().retainAll(digests);
        return body(all().text(), files);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        body(all().text(), guess).writeTo(out);
    }

    /** Mostly not needed. */
    private synchronized Manifest all() {
        if (all == null) {
            all = Manifest.of(listed);
        }
        return all;
    }

    private Body body(byte[] text, Map<String, TreeEntry.RegularFile> files) {
        return new Body() {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                long bytes = bytes(files);
                sending.begin(bytes, files.size(), text.length);
                new FileArchive(
                                tree.folder(),
                                text,
                                files,
                                sending.compressed() && bytes >= LEAST_COMPRESSED,
                                sending::sent)
                        .writeTo(out);
                // While the gateway looks at it.
                Thread.ofPlatform().daemon().name("remember").start(remembered);
            }

            @Override
            public boolean repeatable() {
                return true;
            }
        };
    }

    private static long bytes(Map<String, TreeEntry.RegularFile> files) {
        long bytes = 0;
        for (TreeEntry.RegularFile file : files.values()) {
            bytes += file.size();
        }
        return bytes;
    }

    @Override
    public Body whole() {
        return tree.tar(sending.notices());
    }

    @Override
    public void accepted(String manifest) {
        remembered.run();
        try {
            cache.accepted(remembered.get(), manifest);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            // It is remembered the next time.
            Thread.currentThread().interrupt();
        }
    }

    private static final class Quiet implements Sending {
        @Override
        public void begin(long bytes, int files, int manifest) {
            // Nobody wants to know.
        }

        @Override
        public void sent(long bytes) {
            // Nobody wants to know.
        }

        @Override
        public boolean compressed() {
            return true;
        }

        @Override
        public Consumer<String> notices() {
            return notice -> {};
        }
    }
}
