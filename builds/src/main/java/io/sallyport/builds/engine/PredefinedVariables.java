package io.sallyport.builds.engine;

import io.sallyport.builds.Build;
import io.sallyport.builds.plan.JobSpec;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The environment of a job: what the gateway says of the build, then the spec's variables, then the submitter's. */
final class PredefinedVariables {
    private static final int SHORT_COMMIT = 8;
    private static final int LONGEST_SLUG = 63;

    private PredefinedVariables() {}

    static Map<String, String> of(Build build, JobSpec job) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("CI", "true");
        all.put("CI_JOB_NAME", job.name());
        all.put("CI_JOB_STAGE", job.stage());
        all.put("CI_PIPELINE_ID", Long.toString(build.id()));
        all.put("CI_PROJECT_PATH", build.project());
        all.put("CI_PROJECT_NAME", build.project().substring(build.project().lastIndexOf('/') + 1));
        build.request().ref().ifPresent(ref -> {
            all.put("CI_COMMIT_REF_NAME", ref);
            all.put("CI_COMMIT_REF_SLUG", slug(ref));
        });
        build.request().commit().ifPresent(commit -> {
            all.put("CI_COMMIT_SHA", commit);
            all.put("CI_COMMIT_SHORT_SHA", commit.substring(0, Math.min(SHORT_COMMIT, commit.length())));
        });
        job.work().variables().forEach((name, variable) -> all.put(name, variable.value()));
        all.putAll(build.request().variables());
        all.put("SALLYPORT_BUILD", Long.toString(build.id()));
        all.put("SALLYPORT_PROJECT", build.project());
        all.put("SALLYPORT_JOB", job.name());
        all.put("SALLYPORT_SUBMITTED_BY", build.submittedBy());
        return all;
    }

    /** Lower case, everything but letters and digits a dash, at most 63 long, no dash at the ends: as GitLab does. */
    private static String slug(String ref) {
        String text = ref.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
        return text.substring(0, Math.min(LONGEST_SLUG, text.length())).replaceAll("^-+|-+$", "");
    }
}
