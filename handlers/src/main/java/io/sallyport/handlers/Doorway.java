package io.sallyport.handlers;

/**
 * What there is to see of the door.
 *
 * @param connections those that are open
 * @param hits of limits
 * @param metrics what goes through
 */
public record Doorway(Connections connections, LimitHits hits, Metrics metrics) {}
