package io.sallyport.builds.engine;

import io.sallyport.builds.Pause;
import io.sallyport.builds.Project;
import io.sallyport.builds.ProjectSettings;
import java.util.Optional;

/**
 * What a project may have of the places.
 *
 * @param weight from 1; twice the weight is twice the places
 * @param atOnce places at most
 * @param paused why it is given none
 */
record Share(int weight, int atOnce, Optional<Pause> paused) {
    /** Of a project. */
    static Share of(Project project) {
        return of(project.settings(), project.paused());
    }

    /** Of one with the usual settings. */
    static Share usual() {
        return of(ProjectSettings.DEFAULTS, Optional.empty());
    }

    private static Share of(ProjectSettings settings, Optional<Pause> paused) {
        return new Share(
                settings.weight(),
                (int) Math.min(settings.jobsAtOnce().orElse(Integer.MAX_VALUE), Integer.MAX_VALUE),
                paused);
    }
}
