package io.sallyport.builds.executor.docker;

import java.time.Duration;

/**
 * What is made ahead of the jobs that will use it.
 *
 * @param containers the most of them; 0 for none
 * @param memoryBytes that they may hold together while they wait, as the engine counts it
 * @param time since the last job of an image after which none waits for its next
 * @param places jobs that may run at once: none is made while all of these are taken
 * @param images the most that are made ahead for containers to be made of; 0 for none
 */
public record ReadySettings(int containers, long memoryBytes, Duration time, int places, int images) {
    /**
     * None: an engine has nothing of a gateway's then while no job runs, and each container that waits keeps its image from
     * being removed.
     */
    public static final ReadySettings NONE = new ReadySettings(0, 256L << 20, Duration.ofHours(1), 1, 0);

    /** Containers alone. */
    public ReadySettings(int containers, long memoryBytes, Duration time, int places) {
        this(containers, memoryBytes, time, places, 0);
    }

    /** Refuses what makes no sense. */
    public ReadySettings {
        if (containers < 0 || memoryBytes < 0 || time.isNegative() || places < 1 || images < 0) {
            throw new IllegalArgumentException("no settings for ready containers: " + containers + ", " + memoryBytes
                    + ", " + time + ", " + places + ", " + images);
        }
    }
}
