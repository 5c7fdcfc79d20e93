package io.sallyport.builds.mask;

import io.sallyport.builds.executor.JobOutput;
import java.io.IOException;

/** A job's output behind a mask, for as long as the job prints. */
public final class Masking implements AutoCloseable {
    /** Ends it. */
    @FunctionalInterface
    private interface End {
        void end() throws IOException;
    }

    private final JobOutput output;
    private final End pause;
    private final End end;

    private Masking(JobOutput output, End pause, End end) {
        this.output = output;
        this.pause = pause;
        this.end = end;
    }

    /** Nothing is hidden: the output itself. */
    static Masking none(JobOutput output) {
        return new Masking(output, () -> {}, () -> {});
    }

    static Masking of(MaskedOutput masked) {
        return new Masking(masked, masked::settle, masked::close);
    }

    /** Where the job prints. */
    public JobOutput output() {
        return output;
    }

    /**
     * Gives on what is held back by chance, after the last of what is printed; see {@link MaskedOutput}.
     *
     * @throws IOException when the output behind it fails, or has failed
     */
    public void settle() throws IOException {
        pause.end();
    }

    /**
     * Gives on what is still held back; the output must not be used any more. Repeated calls do nothing.
     *
     * @throws IOException when the output behind it fails, or has failed since it was last written to
     */
    @Override
    public void close() throws IOException {
        end.end();
    }
}
