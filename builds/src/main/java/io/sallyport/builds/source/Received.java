package io.sallyport.builds.source;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.Turns;
import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.BlobWriter;
import io.sallyport.builds.spec.files.SourceFiles;
import java.io.IOException;
import java.util.Optional;

/** What became of a body that was sent as a source. */
public sealed interface Received {
    /** It is no source that is accepted; nothing of it was kept. */
    record Refused(Refusal refusal) implements Received {}

    /** It says in which repository the source is. */
    record Elsewhere(GitAddress address) implements Received {}

    /**
     * It is whole and within the limits, and not yet kept: closing it without {@link #commit} removes every trace. For
     * one thread.
     */
    final class Pending implements Received, AutoCloseable {
        private final BlobStore blobs;
        private final BlobWriter writer;
        private final SourceKind kind;
        private final Findings findings;
        private final Next next;
        private final ProjectFiles.Use use;
        private Optional<GitOrigin> origin = Optional.empty();

        Pending(
                BlobStore blobs,
                BlobWriter writer,
                SourceKind kind,
                Findings findings,
                Next next,
                ProjectFiles.Use use) {
            this.blobs = blobs;
            this.writer = writer;
            this.kind = kind;
            this.findings = findings;
            this.next = next;
            this.use = use;
        }

        /** Waits for a turn to read the source once more. */
        interface Next {
            Turns.Turn turn() throws IOException;
        }

        /** The same, which was fetched from there. */
        public Pending from(GitOrigin where) {
            origin = Optional.of(where);
            return this;
        }

        /** Its files. */
        public SourceFiles files() {
            return new WalkedFiles(() -> {
                Turns.Turn turn = next.turn();
                try {
                    return SourceWalk.overFile(kind, writer.file(), findings.tarBytes(), blobs)
                            .closing(turn);
                } catch (IOException | RuntimeException e) {
                    turn.close();
                    throw e;
                }
            });
        }

        /** The first of the wanted specs that is a regular file at the root of the source. */
        public Optional<SpecFile> spec() {
            return findings.spec();
        }

        /** The folder of the root that has a wanted spec, when the root itself has none; the first in the archive. */
        public Optional<String> misplacedSpec() {
            return findings.misplacedSpec();
        }

        /** The id of the commit, 40 or 64 hexadecimal digits, when {@code git archive} made the source from one. */
        public Optional<String> gitCommit() {
            return findings.gitCommit();
        }

        /**
         * Keeps the source. At most once.
         *
         * @return the source, which survives a power cut
         * @throws io.sallyport.builds.blob.StorageFullException when the disk is full
         * @throws IOException when the store fails otherwise, or the thread was interrupted
         */
        public Source commit() throws IOException {
            return new Source(
                    origin.isPresent() ? SourceKind.GIT : kind,
                    writer.commit(),
                    findings.entries(),
                    findings.unpackedBytes(),
                    findings.tarBytes(),
                    origin);
        }

        /** Forgets the source unless it was committed. Repeated calls do nothing. */
        @Override
        public void close() {
            use.close();
            writer.close();
        }
    }
}
