package io.sallyport.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;

/** Hands on what a submission says on standard error, and notes the build that the gateway says it has accepted. */
final class Acceptance extends Lines {
    private final OutputStream out;
    private volatile long build = -1;

    Acceptance(OutputStream out) {
        this.out = out;
    }

    /** The build's id, once it is accepted. */
    OptionalLong build() {
        long id = build;
        return id < 0 ? OptionalLong.empty() : OptionalLong.of(id);
    }

    /** Only the first can be it: later lines may be the build's own output. */
    @Override
    protected void line(byte[] bytes) throws IOException {
        if (build < 0) {
            Json.objectOn(bytes)
                    .filter(Acceptance::isBuild)
                    .ifPresent(found -> build = found.path("id").asLong());
        }
        out.write(bytes);
        out.flush();
    }

    private static boolean isBuild(JsonNode line) {
        return line.path("id").isIntegralNumber() && line.path("state").isTextual();
    }
}
