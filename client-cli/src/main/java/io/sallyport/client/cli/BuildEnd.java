package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.client.ClientException;
import io.sallyport.client.Request;
import io.sallyport.client.SallyClient;
import java.io.IOException;

/** Whether a build has ended, asked when something of it is missing. */
final class BuildEnd {
    private final Session session;
    private final long build;

    BuildEnd(Session session, long build) {
        this.session = session;
        this.build = build;
    }

    /**
     * Nothing, when it has ended; or when that is not to be found out: who may have the artifacts need not see the build.
     *
     * @throws ClientException.NotEnded when it has not
     */
    void require() throws IOException, InterruptedException {
        JsonNode asked;
        try (SallyClient client = session.afresh()) {
            asked = client.get(Request.of("GET", "/builds/" + build)).document();
        } catch (ClientException e) {
            return;
        }
        if (asked.path("state").isTextual() && asked.path("finished").isMissingNode()) {
            throw new ClientException.NotEnded(build, asked.path("state").asText());
        }
    }
}
