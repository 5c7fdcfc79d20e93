package io.sallyport.builds.source;

import io.sallyport.builds.Content;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.BlobHold;
import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.BlobWriter;
import io.sallyport.builds.blob.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Receives a manifest, and behind it, if there is more, files in a tar, which may be compressed. */
final class ManifestIntake {
    private static final int WINDOW = 512 << 10;
    private static final int SHOWN = 5;

    private final BlobStore blobs;
    private final Decoders decoders;

    ManifestIntake(BlobStore blobs, Decoders decoders) {
        this.blobs = blobs;
        this.decoders = decoders;
    }

    /**
     * Receives a manifest with or without files.
     *
     * @param writer that gets the manifest
     */
    void receive(String submitter, InputStream body, BlobWriter writer, SourceLimits limits, ProjectFiles files)
            throws IOException {
        copy(submitter, window(body, limits), writer, limits, files);
    }

    /** Receives changes with or without files. */
    ManifestChanges receiveChanges(String submitter, InputStream body, SourceLimits limits, ProjectFiles files)
            throws IOException {
        ByteWindow window = window(body, limits);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        copyManifest(window, piece -> {
            if (piece.remaining() > ManifestChanges.LONGEST - text.size()) {
                throw Unacceptable.tooLarge("bytes of changes", ManifestChanges.LONGEST);
            }
            text.write(piece.array(), piece.arrayOffset() + piece.position(), piece.remaining());
        });
        ManifestChanges changes = ManifestChanges.read(text.toByteArray());
        takeFiles(submitter, window, limits, files);
        return changes;
    }

    /**
     * Writes the manifest that changes make, once it is known how large that is, and that its sender may have so much.
     * That the project has all files of the other one is known by its build.
     */
    void change(Sender sender, ManifestChanges changes, BlobWriter writer, SourceLimits limits, ProjectFiles files)
            throws IOException {
        requireRoom(changes.entries(), limits);
        try (BlobHold hold = blobs.hold()) {
            Content base = changes.base(sender, files, blobs, hold);
            AtomicLong bytes = new AtomicLong();
            changes.applyTo(base, piece -> bytes.addAndGet(piece.remaining()));
            requireRoom(bytes.get(), sender, limits);
            changes.applyTo(base, piece -> Body.write(writer, piece));
        }
        Set<Digest> missing = changes.contents().contents();
        Map<Digest, Long> known = files.known(missing);
        missing.removeAll(known.keySet());
        Optional<Unacceptable> wrong = changes.contents().wrong(known);
        if (wrong.isPresent()) {
            throw wrong.get();
        }
        if (!missing.isEmpty()) {
            throw new Unacceptable(new Refusal.MissingFiles(
                    missing.size(), missing.stream().limit(SHOWN).toList()));
        }
    }

    /** Checks a manifest that has been received: its entries, and that the project has all files. */
    Findings checkWithFiles(BlobWriter writer, SourceLimits limits, List<String> specNames, ProjectFiles files)
            throws IOException {
        requireFiles(writer, limits, files);
        return check(writer, limits, specNames);
    }

    /** Checks the entries of a manifest that has been received or made. */
    Findings check(BlobWriter writer, SourceLimits limits, List<String> specNames) throws IOException {
        try (Opened opened = new Opened()) {
            FileChannel channel = opened.add(FileChannel.open(writer.file(), StandardOpenOption.READ));
            ByteWindow manifest = SourceWalk.window(channel);
            return Findings.read(SourceWalk.overManifest(manifest, limits, blobs, opened), specNames);
        }
    }

    /**
     * Receives a manifest with or without files and keeps it, as a file of the project; all its lines are ones, and say
     * the right sizes of those files that the project has.
     */
    Blob keep(String submitter, InputStream body, BlobWriter writer, SourceLimits limits, ProjectFiles files)
            throws IOException {
        ByteWindow window = window(body, limits);
        if (!window.hasMore()) {
            throw new Unacceptable(new Refusal.EmptyBody());
        }
        copy(submitter, window, writer, limits, files);
        look(writer, limits, files);
        Blob manifest = Storing.of(writer::commit);
        files.add(List.of(manifest));
        return manifest;
    }

    private static ByteWindow window(InputStream body, SourceLimits limits) {
        AtomicLong left = new AtomicLong(limits.bytes());
        return new ByteWindow(
                window -> {
                    int count = Body.read(body, window);
                    if (left.addAndGet(-count) < 0) {
                        throw Unacceptable.tooLarge("bytes", limits.bytes());
                    }
                    return count;
                },
                WINDOW);
    }

    /** Copies the manifest into the writer, and takes the files behind it. */
    private void copy(String submitter, ByteWindow body, BlobWriter manifest, SourceLimits limits, ProjectFiles files)
            throws IOException {
        copyManifest(body, piece -> Body.write(manifest, piece));
        takeFiles(submitter, body, limits, files);
    }

    /** Brings the files that are left of a body to where they belong. */
    private void takeFiles(String submitter, ByteWindow body, SourceLimits limits, ProjectFiles files)
            throws IOException {
        if (!body.hasMore()) {
            return;
        }
        ByteWindow rest = new ByteWindow(window -> body.readNBytes(window, 0, window.length), WINDOW);
        SourceKind kind = Packing.tell(rest.first(Packing.TELLING))
                .filter(known -> known != SourceKind.ZIP && known != SourceKind.MANIFEST)
                .orElseThrow(
                        () -> Unacceptable.damaged("behind the manifest comes neither a tar nor a compressed one"));
        try (Opened opened = new Opened()) {
            opened.add(decoders.take(kind, submitter));
            FileIntake intake = new FileIntake(blobs, files);
            if (kind == SourceKind.TAR) {
                intake.receive(rest, limits);
            } else {
                InputStream unpacked = opened.add(Packing.unpack(kind, rest));
                intake.receive(new ByteWindow(window -> unpacked.readNBytes(window, 0, window.length), WINDOW), limits);
            }
        }
        if (rest.hasMore() || body.hasMore()) {
            throw Unacceptable.damaged("other bytes after the compressed data");
        }
    }

    /** All up to and with the empty line. */
    private static void copyManifest(ByteWindow body, ManifestWriter.Sink sink) throws IOException {
        byte before = 0;
        boolean ended = false;
        while (!ended && body.hasMore()) {
            int from = body.offset();
            int count = 0;
            while (!ended && count < body.available()) {
                byte next = body.bytes()[from + count++];
                ended = next == '\n' && before == '\n';
                before = next;
            }
            sink.write(ByteBuffer.wrap(body.bytes(), from, count));
            body.skip(count);
        }
        if (!ended) {
            throw Unacceptable.damaged("the manifest ends without an empty line");
        }
    }

    /** Copies one that is kept already. */
    void copyNamed(Digest name, BlobWriter writer, ProjectFiles files) throws IOException {
        Optional<Content> content = files.known(List.of(name)).isEmpty() ? Optional.empty() : blobs.read(name);
        if (content.isEmpty()) {
            throw new Unacceptable(new Refusal.NoManifest(name));
        }
        try (ReadableByteChannel manifest = content.get().open(0)) {
            copyManifest(SourceWalk.window(manifest), piece -> Body.write(writer, piece));
        }
    }

    private void requireFiles(BlobWriter manifest, SourceLimits limits, ProjectFiles files) throws IOException {
        Optional<Refusal.MissingFiles> missing = look(manifest, limits, files);
        if (missing.isPresent()) {
            throw new Unacceptable(missing.get());
        }
    }

    /** Looks through a manifest; the answer is what the project lacks of it. */
    private Optional<Refusal.MissingFiles> look(BlobWriter manifest, SourceLimits limits, ProjectFiles files)
            throws IOException {
        List<Digest> some = new ArrayList<>();
        long count = 0;
        try (MissingFiles missing = MissingFiles.of(manifest.file(), blobs, files)) {
            for (Optional<Digest> next = missing.next(); next.isPresent(); next = missing.next()) {
                count++;
                if (some.size() < SHOWN) {
                    some.add(next.get());
                }
                requireRoom(missing.entries(), limits);
                missing.requireSizes();
            }
            requireRoom(missing.entries(), limits);
            missing.requireSizes();
        }
        return count > 0 ? Optional.of(new Refusal.MissingFiles(count, List.copyOf(some))) : Optional.empty();
    }

    private static void requireRoom(long made, Sender sender, SourceLimits limits) throws Unacceptable {
        if (made > limits.bytes()) {
            throw Unacceptable.tooLarge("bytes", limits.bytes());
        }
        if (!sender.more().test(made)) {
            throw new Unacceptable(new Refusal.Interrupted());
        }
    }

    private static void requireRoom(long entries, SourceLimits limits) throws Unacceptable {
        if (entries > limits.entries()) {
            throw Unacceptable.tooLarge("entries", limits.entries());
        }
    }
}
