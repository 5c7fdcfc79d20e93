package io.sallyport.builds.engine;

import io.sallyport.builds.ProjectSettings;

/**
 * What a project may have of the places.
 *
 * @param weight from 1; twice the weight is twice the places
 * @param atOnce places at most
 */
record Share(int weight, int atOnce) {
    static Share of(ProjectSettings settings) {
        return new Share(
                settings.weight(), (int) Math.min(settings.jobsAtOnce().orElse(Integer.MAX_VALUE), Integer.MAX_VALUE));
    }
}
