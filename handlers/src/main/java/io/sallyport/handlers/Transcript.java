package io.sallyport.handlers;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.Content;
import java.io.IOException;
import java.util.Optional;

/**
 * A build followed over one channel, in this order: the accepted build on standard error, the log while it is made,
 * the artifact if one is asked for, the ended build on standard error, the exit status.
 */
public interface Transcript {
    /** The build as accepted. */
    JsonNode accepted();

    /**
     * The log from its beginning, ending with the build.
     *
     * @param readable whether it is for people, who want to see which job a line is of
     */
    Content log(boolean readable) throws IOException;

    /** Whether an artifact is asked for: it then has standard output, and the log goes to standard error. */
    boolean wantsArtifact();

    /** Asked for after the log's end. The artifact's bytes, or why there are none; empty when none is asked for. */
    Optional<Response> artifact() throws InterruptedException;

    /** Asked for after the log's end. The build as ended. */
    JsonNode ended() throws InterruptedException;

    /** Asked for after the log's end. The exit status. */
    int exit() throws InterruptedException;

    /** The peer is gone before the end. */
    void abandoned();
}
