package io.sallyport.handlers;

/**
 * What there is to see of the door.
 *
 * @param connections those that are open
 * @param hits of limits
 */
public record Doorway(Connections connections, LimitHits hits) {}
