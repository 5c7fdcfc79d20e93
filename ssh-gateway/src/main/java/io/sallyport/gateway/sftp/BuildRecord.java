package io.sallyport.gateway.sftp;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the tree needs to know of a build.
 *
 * @param id its number
 * @param modified when it last took a step
 * @param ended whether it changes no more
 * @param artifacts how many it has
 * @param jobs their names
 */
record BuildRecord(long id, Instant modified, boolean ended, long artifacts, List<String> jobs) {
    /** A build of which the caller may see no more than parts, if there is one. */
    static BuildRecord unseen(long id) {
        return new BuildRecord(id, Instant.EPOCH, false, 0, List.of());
    }

    static BuildRecord of(JsonNode build) {
        boolean ended = build.has("finished");
        String last = ended ? "finished" : build.has("started") ? "started" : "created";
        List<String> jobs = new ArrayList<>();
        build.path("jobs").forEach(job -> jobs.add(job.path("name").asText()));
        return new BuildRecord(
                build.path("id").asLong(),
                Instant.parse(build.path(last).asText()),
                ended,
                build.path("artifacts").path("count").asLong(),
                List.copyOf(jobs));
    }
}
