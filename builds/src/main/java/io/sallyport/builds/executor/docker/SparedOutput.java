package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.JobOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A job's output, which is spared what comes after it has failed: how the shell ends is still to be heard.
 *
 * @param output which may fail
 * @param failed whether it has
 * @param failure told of each
 */
record SparedOutput(JobOutput output, BooleanSupplier failed, Consumer<IOException> failure) implements JobOutput {
    /** Something for the output. */
    private interface Part {
        void give() throws IOException;
    }

    private void give(Part part) {
        if (failed.getAsBoolean()) {
            return;
        }
        try {
            part.give();
        } catch (IOException e) {
            failure.accept(e);
        } catch (RuntimeException e) {
            failure.accept(new IOException("the output failed", e));
        }
    }

    @Override
    public void out(ByteBuffer bytes) {
        give(() -> output.out(bytes));
    }

    @Override
    public void err(ByteBuffer bytes) {
        give(() -> output.err(bytes));
    }

    @Override
    public void system(String line) {
        give(() -> output.system(line));
    }
}
