package io.sallyport.builds;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A job of a build as its record has it.
 *
 * @param name unique within its build
 * @param stage it belongs to
 * @param state where it is in its life; the same states as a build's
 * @param exitCode of its script, once it has ended by itself
 * @param attempt from 1, rising with each start
 * @param executor it runs or ran on
 * @param image it asks for
 * @param started when its last attempt began
 * @param finished when it ended
 * @param reason why it is in that state, where there is more to say
 */
public record Job(
        String name,
        String stage,
        BuildState state,
        OptionalInt exitCode,
        int attempt,
        Optional<String> executor,
        Optional<String> image,
        Optional<Instant> started,
        Optional<Instant> finished,
        Optional<String> reason) {}
