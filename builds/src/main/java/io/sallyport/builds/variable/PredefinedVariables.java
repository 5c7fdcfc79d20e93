package io.sallyport.builds.variable;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.GitRef;
import io.sallyport.builds.Project;
import io.sallyport.builds.plan.JobSpec;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the gateway says of a build and its jobs, by GitLab's names where it has one. */
public final class PredefinedVariables {
    private static final int SHORT_COMMIT = 8;
    private static final int LONGEST_SLUG = 63;
    private static final int LONGEST_ENVIRONMENT_SLUG = 24;
    private static final String SOURCE = "CI_PIPELINE_SOURCE";
    private static final String USUAL_SOURCE = "push";
    private static final String MERGE_REQUEST = "merge_request_event";

    private PredefinedVariables() {}

    /**
     * What is known when a build is submitted, so that the rules of its spec can ask for it.
     *
     * @param trusted whether the ref is one of the project's protected ones, see {@link Build}
     */
    public static Map<String, String> ofSubmission(
            String project, String defaultBranch, BuildRequest request, boolean trusted) {
        Map<String, String> all = ofProject(project, defaultBranch);
        all.putAll(ofRef(request, defaultBranch));
        all.put("CI_COMMIT_REF_PROTECTED", Boolean.toString(trusted));
        return all;
    }

    /**
     * What is known when a job starts: all that was known at the submission, and the numbers. For {@link
     * Expansion#ofJob}.
     *
     * @param project of the build, as it is now
     * @param position of the job in its plan, from 1
     */
    public static Map<String, String> ofJob(Build build, Project project, JobSpec job, int position) {
        Map<String, String> all =
                ofSubmission(build.project(), project.settings().defaultBranch(), build.request(), build.trusted());
        all.put("CI_PROJECT_ID", Long.toString(project.id()));
        all.put("CI_PIPELINE_ID", Long.toString(build.id()));
        all.put("CI_PIPELINE_IID", Long.toString(build.id()));
        all.put("CI_PIPELINE_CREATED_AT", build.created().toString());
        all.put("CI_JOB_ID", String.format("%d%04d", build.id(), position));
        all.put("CI_JOB_TIMEOUT", Long.toString(job.work().timeout().toSeconds()));
        all.putAll(named(job.name(), job.stage()));
        all.put("SALLYPORT_BUILD", Long.toString(build.id()));
        all.put("SALLYPORT_PROJECT", build.project());
        all.put("SALLYPORT_JOB", job.name());
        all.put("SALLYPORT_SUBMITTED_BY", build.submittedBy());
        return all;
    }

    /** What a job's name and stage give. */
    public static Map<String, String> named(String name, String stage) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("CI_JOB_NAME", name);
        all.put("CI_JOB_NAME_SLUG", slug(name, LONGEST_SLUG));
        all.put("CI_JOB_STAGE", stage);
        return all;
    }

    /** The short name of an environment: at most 24 characters. */
    static String environmentSlug(String name) {
        return slug(name, LONGEST_ENVIRONMENT_SLUG);
    }

    private static Map<String, String> ofProject(String project, String defaultBranch) {
        Map<String, String> all = new LinkedHashMap<>();
        int slash = project.lastIndexOf('/');
        all.put("CI", "true");
        all.put("CI_SERVER", "yes");
        all.put("CI_SERVER_NAME", "Sallyport");
        all.put("CI_PROJECT_NAME", project.substring(slash + 1));
        all.put("CI_PROJECT_TITLE", project.substring(slash + 1));
        all.put("CI_PROJECT_PATH", project);
        all.put("CI_PROJECT_PATH_SLUG", slug(project, LONGEST_SLUG));
        all.put("CI_PROJECT_NAMESPACE", slash < 0 ? "" : project.substring(0, slash));
        all.put("CI_PROJECT_ROOT_NAMESPACE", slash < 0 ? "" : project.substring(0, project.indexOf('/')));
        all.put("CI_DEFAULT_BRANCH", defaultBranch);
        return all;
    }

    /** Without a ref, a build is one of the default branch. A merge request's has a ref, but is of no branch. */
    private static Map<String, String> ofRef(BuildRequest request, String defaultBranch) {
        Map<String, String> all = new LinkedHashMap<>();
        GitRef ref = GitRef.parse(request.ref().orElse(defaultBranch));
        String source = request.variables().getOrDefault(SOURCE, USUAL_SOURCE);
        all.put(SOURCE, source);
        all.put("CI_COMMIT_REF_NAME", ref.name());
        all.put("CI_COMMIT_REF_SLUG", slug(ref.name(), LONGEST_SLUG));
        switch (ref.kind()) {
            case TAG -> all.put("CI_COMMIT_TAG", ref.name());
            case BRANCH -> {
                if (!source.equals(MERGE_REQUEST)) {
                    all.put("CI_COMMIT_BRANCH", ref.name());
                }
            }
        }
        Optional<String> commit = request.commit();
        commit.ifPresent(id -> all.put("CI_COMMIT_SHA", id));
        commit.ifPresent(id -> all.put("CI_COMMIT_SHORT_SHA", id.substring(0, Math.min(SHORT_COMMIT, id.length()))));
        return all;
    }

    /** Lower case, everything but letters and digits a dash, none at the ends: as GitLab does. */
    private static String slug(String text, int longest) {
        String dashes = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "-");
        return dashes.substring(0, Math.min(longest, dashes.length())).replaceAll("^-+|-+$", "");
    }
}
