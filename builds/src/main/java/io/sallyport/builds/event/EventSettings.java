package io.sallyport.builds.event;

import java.time.Duration;

/**
 * How many events are kept.
 *
 * @param perProject the newest of each project and kind, and of each kind of the house, from 1; a little more for a while
 * @param keep none that is older
 */
public record EventSettings(int perProject, Duration keep) {}
