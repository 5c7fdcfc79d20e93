package io.sallyport.builds.executor.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.FilterInputStream;
import java.io.IOException;

/** The bytes of an answer; closing it, from any thread, ends the answer and a read under way. */
final class EngineStream extends FilterInputStream {
    private final Response response;

    EngineStream(Response response) {
        super(response.getBody());
        this.response = response;
    }

    /** Not the body's own: that would first read what is left. */
    @Override
    public void close() throws IOException {
        response.close();
    }
}
