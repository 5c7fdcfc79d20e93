package io.sallyport.builds.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that has happened.
 *
 * @param position of all events of the gateway, rising: says how much goes on, so never shown to a reader
 * @param topic what decides who may see it
 * @param time of the change
 * @param build it is about
 * @param job of that build
 * @param by who did it; empty when the gateway did by itself
 * @param facts what else is to be told: an object, small, without anything secret
 */
public record Event(
        long position,
        Topic topic,
        Instant time,
        OptionalLong build,
        Optional<String> job,
        Optional<String> by,
        JsonNode facts) {}
