package io.sallyport.client.source;

import io.sallyport.client.Body;
import io.sallyport.client.KnownSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** A folder as a source of which only what the gateway lacks is sent. */
public final class TreeSource implements KnownSource {
    /** What is more is asked for first: it may be there, and what has come of it survives a lost connection. */
    private static final long MOST_GUESSED = 4 << 20;

    private final SourceTree tree;
    private final Manifest manifest;
    private final StatCache cache;
    private final List<String> guess;
    private final Sending sending;

    /** How files are sent. */
    public interface Sending {
        /**
         * So many bytes of files are about to be sent.
         *
         * @param files how many
         * @param manifest bytes of the manifest, which goes with them
         */
        void begin(long bytes, int files, int manifest);

        /** So many of them have been. */
        void sent(long bytes);

        /** Whether to compress. */
        boolean compressed();

        /** A sentence for people. */
        Consumer<String> notices();
    }

    private TreeSource(SourceTree tree, Manifest manifest, StatCache cache, Sending sending) {
        this.tree = tree;
        this.manifest = manifest;
        this.cache = cache;
        this.guess = cache.lacking(manifest);
        this.sending = sending;
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
        return new TreeSource(tree, tree.manifest(cache), cache, sending);
    }

    @Override
    public boolean guessed() {
        return cache.knowsGateway() && manifest.bytes(guess) <= MOST_GUESSED;
    }

    @Override
    public Body manifest() {
        return Body.of(manifest.text());
    }

    @Override
    public Body named() {
        return manifest.name();
    }

    @Override
    public Collection<String> known(Collection<String> digests) {
        return digests.stream().filter(manifest.files()::containsKey).toList();
    }

    @Override
    public Body with(Collection<String> digests) {
        List<String> sent = List.copyOf(digests);
        return out -> {
            long bytes = manifest.bytes(sent);
            sending.begin(bytes, sent.size(), manifest.length());
            new FileArchive(tree.folder(), manifest, sent, sending.compressed() && bytes > 0, sending::sent)
                    .writeTo(out);
        };
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        if (guess.isEmpty()) {
            sending.begin(0, 0, manifest.length());
            out.write(manifest.text());
        } else {
            with(guess).writeTo(out);
        }
    }

    @Override
    public Body whole() {
        return tree.tar(sending.notices());
    }

    @Override
    public void accepted() {
        cache.accepted(manifest, tree.entries());
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
