package io.sallyport.builds.source;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.BlobWriter;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.blob.StorageFullException;
import io.sallyport.builds.source.Received.Pending;
import io.sallyport.builds.source.Received.Refused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The door for sources. A body is checked entry by entry while it is received and written to the content store, with
 * the same memory for any size. May be used from many threads at once.
 */
public final class SourceIntake {
    /** Large, so that few threads are woken for it: on a busy machine that costs more than the bytes. */
    private static final int WINDOW = 512 << 10;

    private static final int DECODERS = 16;
    private static final int DECODERS_OF_ONE = 4;

    /** So many first bytes of a body tell whether it is a source. */
    public static final int TELLING = Packing.TELLING;

    private final BlobStore blobs;
    private final Decoders decoders = new Decoders(DECODERS, DECODERS_OF_ONE);
    private final ManifestIntake manifests;

    /** A look at a manifest and its files. */
    private interface Look {
        Findings run() throws IOException;
    }

    /** A door to that content store. */
    public SourceIntake(BlobStore blobs) {
        this.blobs = blobs;
        this.manifests = new ManifestIntake(blobs, decoders);
    }

    /** Whether a body that begins with these bytes is an archive of a format that is accepted. */
    public static boolean isArchive(byte[] first) {
        return Packing.tell(first).filter(kind -> kind != SourceKind.MANIFEST).isPresent();
    }

    /**
     * Receives a source. An accepted one has been read to the end of its body; of a refused one the rest is left
     * unread. Whatever {@link IOException} the body throws, but for {@link io.sallyport.builds.StalledException}, means
     * that its sender is gone, as does an interrupt of the thread: {@link Refusal.Interrupted}.
     *
     * @param sender who sends it
     * @param body as sent: tar, tar.gz, tar.zst, tar.xz or zip, a manifest or changes of one, or a JSON object that says where
     *     the source is; told by its first bytes; not closed
     * @param limits that it must keep
     * @param specNames of specs to pick up at the root, the preferred one first
     * @param files of the project that it is for: those that a manifest names must be there, or come with it
     * @return {@link Pending}, which the caller closes, or why not, or {@link Received.Elsewhere}
     * @throws IOException when the content store fails in another way than by being full
     */
    public Received receive(
            Sender sender, InputStream body, SourceLimits limits, List<String> specNames, ProjectFiles files)
            throws IOException {
        BlobWriter writer;
        try {
            writer = blobs.create();
        } catch (StorageFullException e) {
            return new Refused(new Refusal.StorageFull());
        }
        boolean pending = false;
        try {
            Received received = receive(sender, body, writer, limits, specNames, files);
            pending = received instanceof Pending;
            return received;
        } finally {
            if (!pending) {
                writer.close();
            }
        }
    }

    /**
     * Receives a manifest, and files that come with it, and keeps both.
     *
     * @return what the project lacks of it now, or why it was not kept; files that have come whole are kept either way
     * @throws IOException when the content store fails in another way than by being full
     */
    public KnownManifest know(String submitter, InputStream body, SourceLimits limits, ProjectFiles files)
            throws IOException {
        try (BlobWriter writer = Storing.of(blobs::create)) {
            Blob manifest = manifests.keep(submitter, body, writer, limits, files);
            return new KnownManifest.Kept(
                    manifest,
                    () -> MissingFiles.of(blobs.file(manifest.digest()).orElseThrow(), blobs, files));
        } catch (StoreFailure e) {
            throw e.reason();
        } catch (ClosedByInterruptException | InterruptedIOException e) {
            return new KnownManifest.Refused(new Refusal.Interrupted());
        } catch (IOException e) {
            return new KnownManifest.Refused(Packing.explain(e).refusal());
        }
    }

    private Received receive(
            Sender sender,
            InputStream body,
            BlobWriter writer,
            SourceLimits limits,
            List<String> specNames,
            ProjectFiles files)
            throws IOException {
        try {
            byte[] window = new byte[Packing.TELLING];
            byte[] first = Arrays.copyOf(window, Body.read(body, window));
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(first), body);
            if (ManifestChanges.isIn(first)) {
                ManifestChanges changes = manifests.receiveChanges(sender.name(), whole, limits, files);
                return manifest(writer, files, () -> {
                    manifests.change(sender, changes, writer, limits, files);
                    return manifests.check(writer, limits, specNames);
                });
            }
            Optional<SourceKind> kind = Packing.tell(first);
            if (kind.isEmpty()) {
                return SourceDocument.isIn(first)
                        ? named(SourceDocument.read(whole), writer, limits, specNames, files)
                        : new Refused(first.length == 0 ? new Refusal.EmptyBody() : new Refusal.UnknownFormat());
            }
            SourceKind known = kind.get();
            if (known == SourceKind.MANIFEST) {
                manifests.receive(sender.name(), whole, writer, limits, files);
                return manifest(writer, files, () -> manifests.checkWithFiles(writer, limits, specNames, files));
            }
            ByteWindow packed = new ByteWindow(new Body(whole, writer, limits.bytes()), WINDOW);
            Findings findings = known == SourceKind.ZIP
                    ? readZip(packed, writer, limits, specNames)
                    : readStream(sender.name(), known, packed, limits, specNames);
            return new Pending(
                    blobs, writer, known, findings, () -> decoders.take(known, sender.name()), ProjectFiles.Use.NONE);
        } catch (StoreFailure e) {
            throw e.reason();
        } catch (ClosedByInterruptException | InterruptedIOException e) {
            return new Refused(new Refusal.Interrupted());
        } catch (IOException e) {
            return new Refused(Packing.explain(e).refusal());
        }
    }

    private Received named(
            SourceDocument document, BlobWriter writer, SourceLimits limits, List<String> specNames, ProjectFiles files)
            throws IOException {
        return switch (document) {
            case SourceDocument.OfManifest(Digest name) -> {
                manifests.copyNamed(name, writer, files);
                yield manifest(writer, files, () -> manifests.checkWithFiles(writer, limits, specNames, files));
            }
            case SourceDocument.OfGit(GitAddress address) -> new Received.Elsewhere(address);
        };
    }

    /**
     * Makes a source of the tree of a commit: a tar as {@code git archive} makes one, the same bytes each time. It is
     * checked as if it had been sent.
     *
     * @throws IOException when the content store fails in another way than by being full
     */
    public Received receive(CommittedTree tree, SourceLimits limits, List<String> specNames) throws IOException {
        boolean pending = false;
        BlobWriter writer = null;
        try {
            writer = Storing.of(blobs::create);
            Findings findings = readTree(tree, writer, limits, specNames);
            pending = true;
            return new Pending(blobs, writer, SourceKind.TAR, findings, () -> () -> {}, ProjectFiles.Use.NONE);
        } catch (StoreFailure e) {
            throw e.reason();
        } catch (ClosedByInterruptException | InterruptedIOException e) {
            return new Refused(new Refusal.Interrupted());
        } catch (Unacceptable e) {
            return new Refused(e.refusal());
        } finally {
            if (!pending && writer != null) {
                writer.close();
            }
        }
    }

    private static Findings readTree(CommittedTree tree, BlobWriter writer, SourceLimits limits, List<String> specNames)
            throws IOException {
        try (SourceWalk walk = SourceWalk.overTree(tree, limits)) {
            InputStream tar = new SequenceInputStream(
                    new ByteArrayInputStream(TarBlocks.commit(tree.commit())), new MadeTar(walk));
            ByteWindow made = new ByteWindow(
                    window -> {
                        int count = tar.readNBytes(window, 0, window.length);
                        if (count > limits.bytes() - writer.bytes()) {
                            throw Unacceptable.tooLarge("bytes", limits.bytes());
                        }
                        Body.write(writer, ByteBuffer.wrap(window, 0, count));
                        return count;
                    },
                    WINDOW);
            return Findings.read(SourceWalk.overStream(SourceKind.TAR, made, limits), specNames);
        }
    }

    /** From the look whether all files are there until the build is on record, none is forgotten. */
    private Pending manifest(BlobWriter writer, ProjectFiles files, Look look) throws IOException {
        ProjectFiles.Use use = files.use();
        boolean pending = false;
        try {
            Findings findings = look.run();
            pending = true;
            return new Pending(blobs, writer, SourceKind.MANIFEST, findings, () -> () -> {}, use);
        } finally {
            if (!pending) {
                use.close();
            }
        }
    }

    private Findings readStream(
            String submitter, SourceKind kind, ByteWindow body, SourceLimits limits, List<String> specNames)
            throws IOException {
        try (Opened opened = new Opened()) {
            opened.add(decoders.take(kind, submitter));
            SourceWalk walk = opened.add(SourceWalk.overStream(kind, body, limits));
            Findings findings = Findings.read(walk, specNames);
            if (body.hasMore()) {
                throw Unacceptable.damaged("other bytes after the compressed data");
            }
            return findings;
        }
    }

    /** A zip can be read only when its last bytes are there. */
    private static Findings readZip(ByteWindow body, BlobWriter writer, SourceLimits limits, List<String> specNames)
            throws IOException {
        while (body.hasMore()) {
            body.skip(body.available());
        }
        try (FileChannel zip = reopen(writer);
                SourceWalk walk = SourceWalk.overZip(zip, limits)) {
            return Findings.read(walk, specNames);
        }
    }

    private static FileChannel reopen(BlobWriter writer) throws StoreFailure {
        try {
            return FileChannel.open(writer.file(), StandardOpenOption.READ);
        } catch (IOException e) {
            throw new StoreFailure(e);
        }
    }
}
