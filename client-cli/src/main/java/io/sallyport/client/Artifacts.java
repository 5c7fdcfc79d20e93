package io.sallyport.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The list of a build's artifacts, page by page. */
final class Artifacts {
    /** More pages than any build has artifacts for: an endless list is a broken gateway. */
    private static final int MOST_PAGES = 100_000;

    private final Documents documents;

    Artifacts(Documents documents) {
        this.documents = documents;
    }

    /** All that are seen by their paths alone, in the gateway's order. */
    List<Artifact> of(long build) throws IOException, InterruptedException {
        List<Artifact> all = new ArrayList<>();
        Request first = Request.of("GET", "/builds/" + build + "/artifacts");
        Request request = first;
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode document = documents.get(request).document();
            for (JsonNode item : document.path("items")) {
                if (item.path("visible").asBoolean(true)) {
                    all.add(Artifact.of(item));
                }
            }
            if (!document.hasNonNull("next")) {
                return all;
            }
            request = first.with("after", document.path("next").asText());
        }
        throw new ClientException.Unintelligible("a list of artifacts without an end");
    }
}
