package io.sallyport.builds.engine;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.blob.BlobHold;
import io.sallyport.builds.blob.BlobWriter;
import io.sallyport.builds.executor.ArtifactSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Takes a job's artifacts into the content store, as far as its build may keep them; there they are held until they are
 * on record. For one thread.
 */
final class ArtifactIntake implements ArtifactSink {
    private static final int CHUNK = 256 * 1024;

    private final BlobHold blobs;
    private final String job;
    private final ArtifactBudget budget;
    private final List<Artifact> taken = new ArrayList<>();
    private final BooleanSupplier stopped;
    private long bytes;

    ArtifactIntake(BlobHold blobs, String job, ArtifactBudget budget, BooleanSupplier stopped) {
        this.stopped = stopped;
        this.blobs = blobs;
        this.job = job;
        this.budget = budget;
    }

    /** The artifacts of the build are larger than allowed. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
        private final long limit;

        TooLarge(long limit) {
            super("artifacts are larger than " + limit + " bytes");
            this.limit = limit;
        }

        long limit() {
            return limit;
        }
    }

    /** The job was stopped while its artifacts were taken. */
    static final class Stopped extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void accept(String path, boolean executable, ReadableByteChannel from) throws IOException {
        try (BlobWriter blob = blobs.create()) {
            ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
            while (from.read(chunk) >= 0) {
                if (stopped.getAsBoolean()) {
                    throw new Stopped();
                }
                if (!budget.take(chunk.position())) {
                    throw new TooLarge(budget.limit());
                }
                bytes += chunk.position();
                blob.write(chunk.flip());
                chunk.clear();
            }
            taken.add(new Artifact(path, blob.commit(), job, executable));
        }
    }

    List<Artifact> taken() {
        return taken;
    }

    long bytes() {
        return bytes;
    }
}
