package io.sallyport.handlers.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.plan.ArtifactRules;
import io.sallyport.builds.plan.CacheRule;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.plan.Work;
import io.sallyport.builds.spec.SpecResult;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** A plan as programs take it. */
public final class PlanJson {
    private PlanJson() {}

    /** The plan of that file, with why each job is in it or not; absent is left out. */
    public static ObjectNode of(String file, SpecResult.Accepted accepted) {
        Plan plan = accepted.plan();
        Rounds rounds = new Rounds(plan);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("file", file);
        plan.name().ifPresent(name -> json.put("name", name));
        plan.stages().forEach(json.putArray("stages")::add);
        ArrayNode jobs = json.putArray("jobs");
        for (JobSpec job : plan.jobs()) {
            ObjectNode node = jobs.addObject();
            node.put("name", job.name()).put("stage", job.stage()).put("round", rounds.of(job.name()));
            node.put("why", accepted.reasons().getOrDefault(job.name(), ""));
            flow(job.flow(), node);
            work(job.work(), node);
            kept(job, node);
        }
        ArrayNode leftOut = json.putArray("leftOut");
        plan.leftOut()
                .forEach(out -> leftOut.addObject()
                        .put("job", out.job())
                        .put("stage", out.stage())
                        .put("why", out.why()));
        ArrayNode notices = json.putArray("notices");
        plan.notices().forEach(notice -> notice(notice, notices.addObject()));
        json.put("autoCancel", word(plan.autoCancel()));
        return json;
    }

    private static void notice(Plan.Notice notice, ObjectNode json) {
        notice.job().ifPresent(job -> json.put("job", job));
        json.put("file", notice.file())
                .put("line", notice.line())
                .put("column", notice.column())
                .put("text", notice.text());
    }

    private static void flow(Flow flow, ObjectNode json) {
        flow.needs().ifPresent(needs -> {
            ArrayNode list = json.putArray("needs");
            needs.forEach(need -> list.addObject().put("job", need.job()).put("artifacts", need.artifacts()));
        });
        flow.dependencies().ifPresent(names -> names.forEach(json.putArray("dependencies")::add));
        json.put("when", word(flow.when()));
        flow.delay().ifPresent(delay -> json.put("delaySeconds", delay.toSeconds()));
        json.put("allowFailure", flow.allowFailure().any());
        codes(flow.allowFailure().exitCodes(), "allowedExitCodes", json);
        if (flow.retry().max() > 0) {
            ObjectNode retry = json.putObject("retry").put("max", flow.retry().max());
            texts(flow.retry().causes().stream().map(PlanJson::word).sorted().toList(), "causes", retry);
            codes(flow.retry().exitCodes(), "exitCodes", retry);
        }
        json.put("interruptible", flow.interruptible());
        flow.resourceGroup().ifPresent(group -> json.put("resourceGroup", group));
    }

    private static void work(Work work, ObjectNode json) {
        work.image().ifPresent(image -> image(image, json.putObject("image")));
        if (!work.services().isEmpty()) {
            ArrayNode services = json.putArray("services");
            for (Work.Service service : work.services()) {
                ObjectNode node = services.addObject();
                image(service.image(), node);
                texts(service.aliases(), "aliases", node);
                service.command().ifPresent(words -> texts(words, "command", node));
            }
        }
        texts(work.script(), "script", json);
        texts(work.afterScript(), "afterScript", json);
        if (!work.variables().isEmpty()) {
            ObjectNode variables = json.putObject("variables");
            work.variables().forEach((name, variable) -> variables.put(name, variable.value()));
        }
        json.put("timeoutSeconds", work.timeout().toSeconds());
        texts(work.tags(), "tags", json);
        if (!work.ports().isEmpty()) {
            work.ports().forEach(json.putArray("ports")::add);
        }
    }

    private static void image(Work.Image image, ObjectNode json) {
        json.put("name", image.name());
        image.entrypoint().ifPresent(words -> texts(words, "entrypoint", json));
    }

    private static void kept(JobSpec job, ObjectNode json) {
        ArtifactRules rules = job.artifacts();
        if (!rules.isEmpty()) {
            ObjectNode artifacts = json.putObject("artifacts");
            texts(rules.paths(), "paths", artifacts);
            texts(rules.exclude(), "exclude", artifacts);
            artifacts.put("untracked", rules.untracked()).put("when", word(rules.when()));
            rules.name().ifPresent(name -> artifacts.put("name", name));
            rules.expireIn().ifPresent(time -> artifacts.put("expireInSeconds", time.toSeconds()));
        }
        texts(job.reports().junit(), "junit", json);
        texts(job.reports().dotenv(), "dotenv", json);
        if (!job.caches().isEmpty()) {
            ArrayNode caches = json.putArray("caches");
            job.caches().forEach(cache -> cache(cache, caches.addObject()));
        }
        job.environment().ifPresent(where -> {
            ObjectNode environment = json.putObject("environment").put("name", where.name());
            where.url().ifPresent(url -> environment.put("url", url));
        });
        job.coverage().ifPresent(pattern -> json.put("coverage", pattern));
    }

    private static void cache(CacheRule cache, ObjectNode json) {
        json.put("key", cache.key());
        texts(cache.paths(), "paths", json);
        json.put("untracked", cache.untracked())
                .put("policy", word(cache.policy()))
                .put("when", word(cache.when()));
        texts(cache.fallbackKeys(), "fallbackKeys", json);
    }

    private static void texts(List<String> texts, String name, ObjectNode json) {
        if (!texts.isEmpty()) {
            texts.forEach(json.putArray(name)::add);
        }
    }

    private static void codes(Iterable<Integer> codes, String name, ObjectNode json) {
        TreeSet<Integer> sorted = new TreeSet<>();
        codes.forEach(sorted::add);
        if (!sorted.isEmpty()) {
            sorted.forEach(json.putArray(name)::add);
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
