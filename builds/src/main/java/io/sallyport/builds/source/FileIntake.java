package io.sallyport.builds.source;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.blob.BlobWriter;
import io.sallyport.builds.blob.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Takes in the files that come with a manifest: a tar whose entries are named by the SHA-256 of their bytes, which is
 * compared with what comes. Small files are brought to the disk side by side, since each has to wait for it. What has
 * come whole is kept, also when the rest does not come. For one thread.
 */
final class FileIntake {
    private static final int SMALL = 128 << 10;
    private static final int AT_ONCE = 32;
    private static final int TOGETHER = 512;
    private static final int PIECE = 256 << 10;

    private final BlobStore blobs;
    private final ProjectFiles files;
    private final Deque<FutureTask<Saved>> saving = new ArrayDeque<>();
    private final List<Saved> saved = new ArrayList<>();

    /** A file on the disk, held by its writer until it is on record. */
    private record Saved(BlobWriter writer, Blob blob) {}

    FileIntake(BlobStore blobs, ProjectFiles files) {
        this.blobs = blobs;
        this.files = files;
    }

    /** Reads the tar to its end. */
    void receive(ByteWindow tar, SourceLimits limits) throws IOException {
        Budget budget = new Budget(limits);
        TarReader reader = new TarReader(tar, budget);
        try {
            for (RawEntry entry = reader.next(); entry != null; entry = reader.next()) {
                budget.header();
                budget.unpacked(entry.size());
                take(entry, reader.body());
            }
        } catch (IOException | RuntimeException e) {
            keepWhatHasCome();
            throw e;
        }
        while (!saving.isEmpty()) {
            keep(await(saving.remove()));
        }
        record();
    }

    private void take(RawEntry entry, InputStream body) throws IOException {
        Digest digest = Digest.parse("sha256:" + entry.name())
                .filter(name -> entry.kind() == RawEntry.Kind.FILE)
                .orElseThrow(() -> Unacceptable.hostile(entry.name(), "it should be a file named by its SHA-256"));
        if (entry.size() > SMALL) {
            keep(save(digest, body));
            return;
        }
        byte[] bytes = body.readAllBytes();
        FutureTask<Saved> task = new FutureTask<>(() -> save(digest, new ByteArrayInputStream(bytes)));
        saving.add(task);
        Thread.startVirtualThread(task);
        if (saving.size() >= AT_ONCE) {
            keep(await(saving.remove()));
        }
    }

    private void keep(Saved one) {
        saved.add(one);
        if (saved.size() >= TOGETHER) {
            record();
        }
    }

    private void record() {
        try {
            files.add(saved.stream().map(Saved::blob).toList());
        } finally {
            saved.forEach(one -> one.writer().close());
            saved.clear();
        }
    }

    /** The failure that has ended the intake is the one that is told. */
    private void keepWhatHasCome() {
        for (FutureTask<Saved> task : saving) {
            try {
                keep(task.get());
            } catch (ExecutionException e) {
                // That one was not kept.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        record();
    }

    private static Saved await(FutureTask<Saved> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unacceptable(new Refusal.Interrupted());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Saved save(Digest digest, InputStream bytes) throws IOException {
        BlobWriter writer = Storing.of(blobs::create);
        boolean kept = false;
        try {
            byte[] piece = new byte[PIECE];
            for (int count = bytes.read(piece); count >= 0; count = bytes.read(piece)) {
                ByteBuffer chunk = ByteBuffer.wrap(piece, 0, count);
                Body.write(writer, chunk);
            }
            Blob blob = Storing.of(writer::commit);
            kept = blob.digest().equals(digest);
            if (!kept) {
                throw Unacceptable.hostile(digest.hex(), "other bytes came: the file changed while it was sent");
            }
            return new Saved(writer, blob);
        } finally {
            if (!kept) {
                writer.close();
            }
        }
    }
}
