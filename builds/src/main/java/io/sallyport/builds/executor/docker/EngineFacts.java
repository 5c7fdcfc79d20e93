package io.sallyport.builds.executor.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an engine says of itself.
 *
 * @param runtimes that it has, by their names, such as {@code runc}
 * @param processors of its machine
 */
public record EngineFacts(Set<String> runtimes, int processors) {
    /** Keeps the set from changing. */
    public EngineFacts {
        runtimes = Set.copyOf(runtimes);
    }

    /**
     * Asks one, on a connection for this alone.
     *
     * @throws IOException when it cannot be reached, or does not answer in time
     * @throws InterruptedException when the thread is interrupted
     */
    public static EngineFacts of(EngineAddress address, DockerLimits limits) throws IOException, InterruptedException {
        try (DockerEngine engine = DockerEngine.connect(address, limits)) {
            JsonNode info = engine.document("read /info", "/info");
            Set<String> runtimes = new TreeSet<>();
            info.path("Runtimes").fieldNames().forEachRemaining(runtimes::add);
            return new EngineFacts(runtimes, info.path("NCPU").asInt());
        }
    }
}
