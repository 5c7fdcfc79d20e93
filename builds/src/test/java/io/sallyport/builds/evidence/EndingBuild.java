package io.sallyport.builds.evidence;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import io.sallyport.builds.blob.Blob;
import io.sallyport.builds.blob.Digest;
import io.sallyport.builds.source.Source;
import io.sallyport.builds.source.SourceKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A build whose only job has just ended, beside one that was taken over. */
final class EndingBuild {
    static final Instant STARTED = Instant.parse("2026-11-20T12:00:00.100Z");
    static final Instant FINISHED = Instant.parse("2026-11-20T12:00:01Z");
    static final Digest SOURCE = new Digest("5a".repeat(32));

    private EndingBuild() {}

    static Build record() {
        BuildRequest request = new BuildRequest(
                Optional.of("refs/heads/main\n# state: succeeded"),
                Optional.of("c0ffee"),
                new TreeMap<>(Map.of("kind", "nightly")),
                new TreeMap<>(Map.of("MODE", "fast")),
                Optional.of("ci/build.yml"),
                0,
                Optional.empty(),
                Optional.of(41L),
                Optional.of("build"),
                Optional.empty());
        Job job = Job.queued("build", "build", Job.Terms.USUAL)
                .running("process", false, STARTED)
                .ended(JobState.SUCCEEDED, Optional.empty(), OptionalInt.of(0), FINISHED);
        Job taken = Job.queued("unit 1/2", "test", Job.Terms.USUAL)
                .running("process", false, STARTED)
                .ended(JobState.SUCCEEDED, Optional.empty(), OptionalInt.of(0), STARTED)
                .takenOver(40);
        return new Build(
                42,
                "team/web",
                BuildState.RUNNING,
                Optional.empty(),
                request,
                "ann",
                false,
                new Source(SourceKind.TAR_GZ, new Blob(SOURCE, 1234), 3, 5000, 10240),
                Optional.empty(),
                Optional.empty(),
                STARTED,
                Optional.of(STARTED),
                Optional.empty(),
                List.of(job, taken),
                0,
                0);
    }

    /** A file whose content is its own path. */
    static Artifact artifact(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return new Artifact(path, new Blob(sha256(bytes), bytes.length), "build", false);
    }

    static Digest sha256(byte[] bytes) {
        try {
            return new Digest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
