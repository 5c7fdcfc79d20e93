package io.sallyport.builds.executor.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;

/**
 * A transport that uses each connection for one request: one that was kept may have died with an engine that was
 * restarted, and whether a request on it was carried out cannot be known.
 */
final class FreshConnections implements DockerHttpClient {
    private final DockerHttpClient transport;

    FreshConnections(DockerHttpClient transport) {
        this.transport = transport;
    }

    @Override
    public Response execute(Request request) {
        boolean upgraded = request.hijackedInput() != null;
        return transport.execute(
                upgraded
                        ? request
                        : Request.builder()
                                .from(request)
                                .putHeader("Connection", "close")
                                .build());
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }
}
