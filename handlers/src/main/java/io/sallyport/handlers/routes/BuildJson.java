package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.Artifact;
import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.Job;
import io.sallyport.builds.TestCounts;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.evidence.Notary;
import io.sallyport.builds.retention.Pin;
import io.sallyport.builds.retention.Remains;
import io.sallyport.builds.retention.What;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** Builds as the contract shows them. What is absent is left out. */
final class BuildJson {
    private BuildJson() {}

    /** A build that is new, so that it has all that it had. */
    static ObjectNode of(Build build) {
        return of(build, Remains.ALL);
    }

    /** The same with what only its engine knows of its jobs, until when failed ones are kept and who has been in them. */
    static ObjectNode of(Build build, Remains remains, Engine engine) {
        ObjectNode json = of(build, remains);
        Map<String, Instant> kept = engine.kept(build);
        Map<String, SortedSet<String>> visitors = engine.visitors(build);
        json.withArray("jobs").forEach(job -> {
            String name = job.path("name").asText();
            if (job instanceof ObjectNode node && kept.containsKey(name)) {
                node.put("keptUntil", Times.text(kept.get(name)));
            }
            if (job instanceof ObjectNode node && visitors.containsKey(name)) {
                visitors.get(name).forEach(node.putArray("debuggedBy")::add);
            }
        });
        return json;
    }

    static ObjectNode of(Build build, Remains remains) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", build.id());
        json.put("project", build.project());
        json.put("state", build.state().label());
        build.reason().ifPresent(reason -> json.put("reason", reason));
        request(json, build.request());
        json.put("submittedBy", build.submittedBy());
        if (build.trusted()) {
            json.put("trusted", true);
        }
        build.canceledBy().ifPresent(by -> json.put("canceledBy", by));
        build.supersededBy().ifPresent(newer -> json.put("supersededBy", newer));
        json.put("priority", build.request().priority());
        ObjectNode source = json.putObject("source")
                .put("kind", build.source().kind().label())
                .put("digest", build.source().blob().digest().toString())
                .put("bytes", build.source().blob().bytes());
        build.source().origin().ifPresent(origin -> {
            source.put("url", origin.url());
            origin.ref().ifPresent(ref -> source.put("ref", ref));
            source.put("commit", origin.commit());
        });
        remains.lost(What.SOURCE).ifPresent(removal -> Gone.describe(source, removal));
        json.put("created", Times.text(build.created()));
        build.started().ifPresent(time -> json.put("started", Times.text(time)));
        build.finished().ifPresent(time -> json.put("finished", Times.text(time)));
        ArrayNode jobs = json.putArray("jobs");
        build.jobs().forEach(job -> jobs.add(job(job)));
        ObjectNode artifacts =
                json.putObject("artifacts").put("count", build.artifactCount()).put("bytes", build.artifactBytes());
        remains.lost(What.ARTIFACTS).ifPresent(removal -> Gone.describe(artifacts, removal));
        remains.lost(What.LOG).ifPresent(removal -> Gone.describe(json.putObject("log"), removal));
        remains.pin().ifPresent(pin -> pinned(json.putObject("pinned"), pin));
        links(json, build);
        return json;
    }

    /** With a word where its path alone leads to that of a later job. */
    static ObjectNode of(Artifact artifact, boolean visible, Optional<Instant> expires) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("path", artifact.path())
                .put("size", artifact.blob().bytes())
                .put("sha256", artifact.blob().digest().hex())
                .put("job", artifact.job())
                .put("executable", artifact.executable());
        if (!visible) {
            json.put("visible", false);
        }
        expires.ifPresent(time -> json.put("expires", Times.text(time)));
        return json;
    }

    private static void pinned(ObjectNode json, Pin pin) {
        json.put("by", pin.by()).put("at", Times.text(pin.at()));
        pin.reason().ifPresent(reason -> json.put("reason", reason));
    }

    private static void request(ObjectNode json, BuildRequest request) {
        request.ref().ifPresent(ref -> json.put("ref", ref));
        request.commit().ifPresent(commit -> json.put("commit", commit));
        words(json, "labels", request.labels());
        words(json, "variables", request.variables());
        request.retryOf().ifPresent(build -> json.put("retryOf", build));
    }

    private static void words(ObjectNode json, String name, Map<String, String> words) {
        if (!words.isEmpty()) {
            ObjectNode node = json.putObject(name);
            words.forEach(node::put);
        }
    }

    private static ObjectNode job(Job job) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Job.Course course = job.course();
        json.put("name", job.name());
        json.put("stage", job.stage());
        json.put("state", job.state().label());
        course.exitCode().ifPresent(code -> json.put("exitCode", code));
        json.put("allowFailure", job.terms().allowFailure());
        json.put("attempt", course.attempt());
        job.terms().needs().ifPresent(needs -> needs.forEach(json.putArray("needs")::add));
        course.executor().ifPresent(executor -> json.put("executor", executor));
        course.node().ifPresent(node -> json.put("node", node));
        job.terms().image().ifPresent(image -> json.put("image", image));
        course.due().filter(due -> !job.state().ended()).ifPresent(due -> json.put("due", Times.text(due)));
        course.startedBy().ifPresent(who -> json.put("startedBy", who));
        course.started().ifPresent(time -> json.put("started", Times.text(time)));
        course.finished().ifPresent(time -> json.put("finished", Times.text(time)));
        job.reason().ifPresent(reason -> json.put("reason", reason));
        job.findings().coverage().ifPresent(percent -> json.put("coverage", percent));
        job.findings().tests().ifPresent(tests -> json.set("tests", of(tests)));
        return json;
    }

    private static ObjectNode of(TestCounts tests) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("total", tests.total())
                .put("failed", tests.failed())
                .put("errors", tests.errors())
                .put("skipped", tests.skipped())
                .put("seconds", tests.seconds());
    }

    private static void links(ObjectNode json, Build build) {
        String self = "/builds/" + build.id();
        ObjectNode links = json.putObject("links")
                .put("self", self)
                .put("log", self + "/log")
                .put("artifacts", self + "/artifacts")
                .put("source", self + "/source.tar");
        if (Notary.vouchesFor(build.state())) {
            links.put("manifest", self + "/manifest")
                    .put("signature", self + "/signature")
                    .put("provenance", self + "/provenance");
        }
    }
}
