package io.sallyport.builds.executor.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.FilterInputStream;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The bytes of an answer; closing it, from any thread, ends the answer and a read under way. */
final class EngineStream extends FilterInputStream {
    private final Response response;
    private @Nullable Thread watch; // set before anybody else has it

    EngineStream(Response response) {
        super(response.getBody());
        this.response = response;
    }

    /** The same, which ends by an exception when it has not been closed within a time. */
    EngineStream within(Duration limit) {
        watch = Thread.ofVirtual().name("engine-stream").start(() -> {
            try {
                Thread.sleep(limit);
                response.close();
            } catch (InterruptedException e) {
                // it was closed in time
            }
        });
        return this;
    }

    /** Not the body's own: that would first read what is left. */
    @Override
    public void close() throws IOException {
        if (watch != null) {
            watch.interrupt();
        }
        response.close();
    }
}
