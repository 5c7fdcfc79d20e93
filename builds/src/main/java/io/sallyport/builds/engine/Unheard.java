package io.sallyport.builds.engine;

import io.sallyport.builds.executor.JobOutput;
import java.nio.ByteBuffer;

/** The output of what is not wanted any more. */
final class Unheard implements JobOutput {
    @Override
    public void out(ByteBuffer bytes) {
        bytes.position(bytes.limit());
    }

    @Override
    public void err(ByteBuffer bytes) {
        bytes.position(bytes.limit());
    }

    @Override
    public void system(String line) {}
}
