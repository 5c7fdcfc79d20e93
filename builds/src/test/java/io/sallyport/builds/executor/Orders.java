package io.sallyport.builds.executor;

import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Work;
import io.sallyport.builds.source.Source;
import io.sallyport.builds.source.SourceKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Orders for tests, each of another build. */
public final class Orders {
    private final AtomicLong last = new AtomicLong();

    /** A job that runs commands. */
    public JobOrder of(String... script) {
        return of(Map.of(), List.of(), script);
    }

    /** A job that runs commands and leaves artifacts. */
    public JobOrder withArtifacts(List<String> paths, String... script) {
        return of(Map.of(), paths, script);
    }

    /** A job that runs commands in an environment. */
    public JobOrder withEnvironment(Map<String, String> environment, String... script) {
        return of(environment, List.of(), script);
    }

    /** A job that runs commands and keeps files by rules. */
    public JobOrder keeping(ArtifactRules rules, String... script) {
        return of(Map.of(), Map.of(), rules, script);
    }

    /** A job that runs commands and has files of variables. */
    public JobOrder withFiles(Map<String, byte[]> files, String... script) {
        return of(Map.of(), files, ArtifactRules.NONE, script);
    }

    private JobOrder of(Map<String, String> environment, List<String> artifacts, String... script) {
        return of(environment, Map.of(), ArtifactRules.of(artifacts), script);
    }

    /** A job of that kind. */
    public JobOrder of(Work work) {
        return of(Map.of(), Map.of(), ArtifactRules.NONE, work);
    }

    private JobOrder of(
            Map<String, String> environment, Map<String, byte[]> files, ArtifactRules rules, String... script) {
        return of(environment, files, rules, Work.of(List.of(script), Duration.ofMinutes(1)));
    }

    private JobOrder of(Map<String, String> environment, Map<String, byte[]> files, ArtifactRules rules, Work work) {
        Source source = new Source(SourceKind.TAR, new Blob(new Digest("0".repeat(64)), 0), 0, 0, 0);
        JobSpec job = JobSpec.of("build", "build", work).keeping(rules);
        return new JobOrder(last.incrementAndGet(), "web", 1, source, job, environment, files);
    }
}
