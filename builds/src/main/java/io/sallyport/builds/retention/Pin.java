package io.sallyport.builds.retention;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody's word that a build is kept for good.
 *
 * @param by their name
 * @param at when
 * @param reason in words
 */
public record Pin(String by, Instant at, Optional<String> reason) {}
