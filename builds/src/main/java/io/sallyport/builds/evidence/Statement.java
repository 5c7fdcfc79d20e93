package io.sallyport.builds.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.BuildState;
import io.sallyport.builds.Job;
import io.sallyport.builds.blob.Digest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * What is stated of a build: an in-toto Statement v1 with a SLSA provenance v1 predicate. Members that the predicate does
 * not know begin with {@code sallyport_}.
 */
final class Statement {
    static final String TYPE = "https://in-toto.io/Statement/v1";
    static final String PREDICATE = "https://slsa.dev/provenance/v1";
    static final String BUILD_TYPE = "urn:sallyport:build:v1";

    private final Build build;
    private final BuildState state;
    private final Instant finished;
    private final Map<String, SortedSet<String>> visitors;

    /**
     * Of a build that ends now in the state.
     *
     * @param visitors who has had a shell in which job: they may have changed what has come of it
     */
    Statement(Build build, BuildState state, Instant finished, Map<String, SortedSet<String>> visitors) {
        this.build = build;
        this.state = state;
        this.finished = finished;
        this.visitors = visitors;
    }

    /**
     * The statement as JSON.
     *
     * @param artifacts the subjects; of a build that has none, its manifest is the subject
     */
    ObjectNode json(List<Artifact> artifacts, Digest manifest, String specFile, Digest spec, Builder builder) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("_type", TYPE);
        ArrayNode subjects = json.putArray("subject");
        artifacts.forEach(
                artifact -> describe(subjects, artifact.path(), artifact.blob().digest()));
        if (artifacts.isEmpty()) {
            describe(subjects, "manifest", manifest);
        }
        json.put("predicateType", PREDICATE);
        ObjectNode predicate = json.putObject("predicate");
        definition(predicate.putObject("buildDefinition"), specFile, spec);
        details(predicate.putObject("runDetails"), manifest, builder);
        return json;
    }

    private void definition(ObjectNode json, String specFile, Digest spec) {
        json.put("buildType", BUILD_TYPE);
        external(json.putObject("externalParameters"), build.request());
        ObjectNode internal = json.putObject("internalParameters");
        internal.put("submittedBy", build.submittedBy());
        internal.put("priority", build.request().priority());
        build.request().retryOf().ifPresent(old -> internal.put("retryOf", old));
        ArrayNode materials = json.putArray("resolvedDependencies");
        describe(materials, "source", build.source().blob().digest())
                .put("mediaType", mediaType())
                .putObject("annotations")
                .put("kind", build.source().kind().label())
                .put("bytes", build.source().blob().bytes());
        build.source()
                .origin()
                .ifPresent(origin -> materials
                        .addObject()
                        .put(
                                "uri",
                                "git+" + origin.url()
                                        + origin.ref().map(ref -> "@" + ref).orElse(""))
                        .putObject("digest")
                        .put("gitCommit", origin.commit()));
        describe(materials, specFile, spec);
    }

    /** All of them are the submitter's word. */
    private void external(ObjectNode json, BuildRequest request) {
        json.put("project", build.project());
        request.ref().ifPresent(ref -> json.put("ref", ref));
        request.commit().ifPresent(commit -> json.put("commit", commit));
        request.specFile().ifPresent(file -> json.put("spec", file));
        request.jobs().ifPresent(jobs -> json.put("jobs", jobs));
        words(json.putObject("labels"), request.labels());
        words(json.putObject("variables"), request.variables());
    }

    private void details(ObjectNode json, Digest manifest, Builder builder) {
        ObjectNode by = json.putObject("builder");
        by.put("id", builder.id());
        by.putObject("version").put("sallyport", builder.version());
        ObjectNode metadata = json.putObject("metadata");
        metadata.put("invocationId", "builds/" + build.id());
        metadata.put("startedOn", Times.text(build.started().orElse(finished)));
        metadata.put("finishedOn", Times.text(finished));
        metadata.put("sallyport_state", state.label());
        ArrayNode byproducts = json.putArray("byproducts");
        describe(byproducts, "manifest", manifest);
        build.jobs().forEach(job -> job(byproducts.addObject(), job));
    }

    private void job(ObjectNode json, Job job) {
        json.put("name", "job " + job.name());
        json.put("uri", "builds/" + build.id() + "/log?job=" + escaped(job.name()));
        ObjectNode facts = json.putObject("annotations");
        Job.Course course = job.course();
        facts.put("stage", job.stage());
        facts.put("state", job.state().label());
        facts.put("allowFailure", job.terms().allowFailure());
        facts.put("attempt", course.attempt());
        course.takenFrom().ifPresent(from -> facts.put("takenOverFrom", "builds/" + from));
        course.startedBy().ifPresent(who -> facts.put("startedBy", who));
        if (visitors.containsKey(job.name())) {
            visitors.get(job.name()).forEach(facts.putArray("debuggedBy")::add);
        }
        course.exitCode().ifPresent(code -> facts.put("exitCode", code));
        course.executor().ifPresent(executor -> facts.put("executor", executor));
        course.node().ifPresent(node -> facts.put("node", node));
        job.terms().image().ifPresent(image -> facts.put("image", image));
        course.started().ifPresent(time -> facts.put("startedOn", Times.text(time)));
        course.finished().ifPresent(time -> facts.put("finishedOn", Times.text(time)));
    }

    /** As a part of a URI. */
    private static String escaped(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String mediaType() {
        return switch (build.source().kind()) {
            case TAR, GIT -> "application/x-tar";
            case TAR_GZ -> "application/gzip";
            case TAR_ZST -> "application/zstd";
            case TAR_XZ -> "application/x-xz";
            case ZIP -> "application/zip";
            case MANIFEST -> "text/plain";
        };
    }

    /** A ResourceDescriptor of the in-toto framework. */
    private static ObjectNode describe(ArrayNode list, String name, Digest digest) {
        ObjectNode json = list.addObject().put("name", name);
        json.putObject("digest").put("sha256", digest.hex());
        return json;
    }

    private static void words(ObjectNode json, Map<String, String> words) {
        words.forEach(json::put);
    }
}
