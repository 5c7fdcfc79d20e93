package io.sallyport.builds.engine;

import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.Project;
import io.sallyport.builds.spec.PlanContext;
import io.sallyport.builds.spec.SpecReader;
import io.sallyport.builds.spec.SpecResult;
import io.sallyport.builds.spec.files.SourceFiles;
import io.sallyport.builds.variable.PredefinedVariables;
import java.io.IOException;
import java.time.Duration;

/** Reads the specs of submissions, for what their submitters say and within the bounds of their projects. */
final class Planner {
    private final EngineSettings settings;

    Planner(EngineSettings settings) {
        this.settings = settings;
    }

    /**
     * The plan of a build.
     *
     * @param trusted see {@link io.sallyport.builds.Build}
     * @param file the spec's name
     * @param text its bytes
     * @param files of the source
     * @throws IOException when the source cannot be read
     */
    SpecResult plan(Project project, BuildRequest request, boolean trusted, String file, byte[] text, SourceFiles files)
            throws IOException {
        PlanContext context = new PlanContext(
                PredefinedVariables.ofSubmission(
                        project.name(), project.settings().defaultBranch(), request, trusted),
                request.variables(),
                files,
                bounds(project));
        return SpecReader.read(file, text, context);
    }

    private PlanContext.Bounds bounds(Project project) {
        long longest = Math.min(
                settings.longestTimeout().toSeconds(),
                project.settings().timeoutSeconds().orElse(Long.MAX_VALUE));
        return new PlanContext.Bounds(settings.timeout(), Duration.ofSeconds(longest), settings.jobs());
    }

    /** What a spec may ask for where it belongs to no project. */
    PlanContext.Bounds bounds() {
        return new PlanContext.Bounds(settings.timeout(), settings.longestTimeout(), settings.jobs());
    }
}
