package io.sallyport.handlers.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.builds.retention.Removal;
import io.sallyport.builds.retention.Report;
import io.sallyport.builds.retention.Retention;
import io.sallyport.builds.retention.What;
import io.sallyport.handlers.Handler;
import io.sallyport.handlers.Param;
import io.sallyport.handlers.Problem;
import io.sallyport.handlers.Request;
import io.sallyport.handlers.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** {@code POST /retention}: removes now what is not kept any longer, or says what that would be. */
final class RunRetention implements Handler {
    static final Param<Boolean> DRY_RUN = Param.flag("dry-run", "remove nothing, only say what would be");

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Retention retention;

    RunRetention(Retention retention) {
        this.retention = retention;
    }

    @Override
    public Response handle(Request request) throws Param.Malformed, IOException, InterruptedException {
        Optional<Report> report = request.has(DRY_RUN) ? retention.rehearse() : retention.runNow();
        return report.<Response>map(made -> Response.Document.of(json(made)))
                .orElseGet(
                        () -> new Response.Failed(Problem.conflict("somebody else has asked for this and waits for it")
                                .retryAfter(SOON)));
    }

    private static ObjectNode json(Report report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("dryRun", report.rehearsed());
        json.put("began", Times.text(report.began()));
        json.put("ended", Times.text(report.ended()));
        ObjectNode removed = json.putObject("removed");
        for (What what : What.values()) {
            removed.put(plural(what), report.items().getOrDefault(what, 0L));
        }
        removed.put("bytes", report.bytes());
        if (!report.rehearsed()) {
            json.putObject("blobs")
                    .put("looked", report.blobs().looked())
                    .put("removed", report.blobs().removed())
                    .put("bytes", report.blobs().bytes())
                    .put("temporary", report.blobs().unfinished());
        }
        if (!report.missing().isEmpty()) {
            report.missing()
                    .forEach(blob -> json.withArray("missing").add(blob.digest().toString()));
        }
        if (!report.over().isEmpty()) {
            report.over().forEach(json.putArray("over")::add);
        }
        ArrayNode items = json.putArray("items");
        report.removals().forEach(removal -> items.add(json(removal)));
        if (report.more()) {
            json.put("more", true);
        }
        return json;
    }

    private static ObjectNode json(Removal removal) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("build", removal.build());
        if (!removal.project().isEmpty()) {
            json.put("project", removal.project());
        }
        json.put("what", removal.what().label());
        if (!removal.job().isEmpty()) {
            json.put("job", removal.job());
        }
        return json.put("rule", removal.rule()).put("items", removal.items()).put("bytes", removal.bytes());
    }

    private static String plural(What what) {
        return switch (what) {
            case ARTIFACTS -> "artifacts";
            case SOURCE -> "sources";
            case LOG -> "logs";
            case BUILD -> "builds";
        };
    }
}
