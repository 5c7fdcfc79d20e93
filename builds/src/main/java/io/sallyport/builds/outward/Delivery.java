package io.sallyport.builds.outward;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.builds.BuildState;
import java.time.Instant;
import java.util.Optional;

/**
 * A state of a build that is to be reported.
 *
 * @param id rising: the order in which those of a report are sent
 * @param uuid what it is known by outside, the same at each try
 * @param report it belongs to, as that is now
 * @param build its number
 * @param state that the build has reached
 * @param time when it did
 * @param tries that have failed
 * @param facts of the build as they were then, in the form that webhooks get
 */
record Delivery(
        long id, String uuid, Report report, long build, BuildState state, Instant time, int tries, JsonNode facts) {
    /** A fact that is a text. */
    Optional<String> fact(String name) {
        return Optional.ofNullable(facts.path(name).textValue());
    }
}
