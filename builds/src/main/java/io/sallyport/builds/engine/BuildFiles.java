package io.sallyport.builds.engine;

import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.Content;
import io.sallyport.builds.Job;
import io.sallyport.builds.blob.BlobStore;
import io.sallyport.builds.evidence.Evidence;
import io.sallyport.builds.source.SourceTar;
import io.sallyport.builds.store.BuildStore;
import io.sallyport.builds.store.VisibleArtifacts;
import java.util.List;
import java.util.Optional;

/** What builds were made of, and what they have left. Any thread. */
public final class BuildFiles {
    private final BuildStore builds;
    private final BlobStore blobs;
    private final SourceTar sourceTar;

    BuildFiles(BuildStore builds, BlobStore blobs) {
        this.builds = builds;
        this.blobs = blobs;
        this.sourceTar = new SourceTar(blobs);
    }

    /** All that the jobs of a build have left, in the order of the paths; see {@link BuildStore#artifacts}. */
    public List<Artifact> all(Build build) {
        return builds.artifacts(build.id());
    }

    /** The artifacts of a build that are seen by their paths alone, in the order of these; see {@link VisibleArtifacts}. */
    public List<Artifact> visible(Build build) {
        return VisibleArtifacts.of(
                all(build), build.jobs().stream().map(Job::name).toList());
    }

    /** The artifact of a build that is seen at a path. */
    public Optional<Artifact> artifact(Build build, String path) {
        return builds.artifact(build.id(), path);
    }

    /** What a job of a build has left at a path. */
    public Optional<Artifact> artifact(Build build, String job, String path) {
        return builds.artifact(build.id(), job, path);
    }

    /** The bytes of an artifact; empty when it has been removed meanwhile. */
    public Optional<Content> content(Artifact artifact) {
        return blobs.read(artifact.blob().digest());
    }

    /** All artifacts of a build as a tar. */
    public Content artifactsTar(Build build) {
        return ArtifactsTar.of(visible(build), build.finished().orElse(build.created()), blobs);
    }

    /** The source of a build as a tar. */
    public Content sourceTar(Build build) {
        return sourceTar.content(build.source());
    }

    /** What can be checked of a build without this gateway; empty when there is no such, or not yet. */
    public Optional<Evidence> evidence(Build build) {
        return builds.evidence(build.id());
    }
}
