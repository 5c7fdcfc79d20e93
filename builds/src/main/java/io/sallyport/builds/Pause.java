package io.sallyport.builds;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody's word that something is to stand still until it is taken back.
 *
 * @param by who said so
 * @param since when
 * @param message why, for those who wonder
 */
public record Pause(String by, Instant since, Optional<String> message) {}
