package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.client.Answer;
import io.sallyport.client.ClientException;
import io.sallyport.client.Request;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/** {@code sally show}: one build with its jobs. */
final class ShowCommand implements Command {
    private static final int WIDTH = 10;

    private final Syntax syntax = new Syntax("show", this, "Shows a build and its jobs, and what to do next.");
    private final Supplier<Long> id = syntax.build();

    private final Session session;

    ShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Answer answer = session.client().get(Request.of("GET", "/builds/" + id.get()));
        session.console().print(session.json() ? answer.text() : text(answer.document()));
        return answer.status();
    }

    private String text(JsonNode build) throws ClientException {
        Paint paint = session.paint();
        Ago ago = new Ago(Instant.now());
        String state = build.path("state").asText();
        StringBuilder text = new StringBuilder();
        text.append("build ").append(build.path("id").asText()).append(" of ");
        text.append(Table.visible(build.path("project").asText())).append(": ");
        text.append(paint.state(state, state)).append('\n');
        line("why", build.path("reason").asText(""), text);
        line("ref", build.path("ref").asText(""), text);
        line("commit", build.path("commit").asText(""), text);
        line("by", build.path("submittedBy").asText(""), text);
        line("canceled", build.path("canceledBy").asText(""), text);
        line("retry of", build.path("retryOf").asText(""), text);
        line("replaced", build.path("supersededBy").asText(""), text);
        for (Map.Entry<String, JsonNode> label : build.path("labels").properties()) {
            line("label", label.getKey() + "=" + label.getValue().asText(), text);
        }
        line("created", ago.both(build.path("created")), text);
        line("started", ago.both(build.path("started")), text);
        line("finished", ago.both(build.path("finished")), text);
        line("took", ago.took(build.path("started"), build.path("finished")), text);
        text.append(jobs(build, paint, ago));
        for (JsonNode job : build.path("jobs")) {
            if (job.path("keptUntil").isTextual()) {
                text.append(kept(id.get(), job)).append('\n');
            }
        }
        next(build, text);
        return text.toString();
    }

    private static void line(String name, String value, StringBuilder text) {
        if (!value.isEmpty()) {
            text.append("  ").append(name).append(" ".repeat(Math.max(1, WIDTH - name.length())));
            text.append(Table.visible(value)).append('\n');
        }
    }

    private String jobs(JsonNode build, Paint paint, Ago ago) {
        Table table = new Table("JOB", "STAGE", "STATE", "EXIT", "TOOK", "WHY");
        for (JsonNode job : build.path("jobs")) {
            String state = job.path("state").asText();
            table.add(
                    Table.Cell.of(job.path("name").asText()),
                    Table.Cell.of(job.path("stage").asText()),
                    new Table.Cell(state, cell -> paint.state(state, cell)),
                    Table.Cell.of(job.path("exitCode").asText("")),
                    Table.Cell.of(ago.took(job.path("started"), job.path("finished"))),
                    Table.Cell.of(job.path("reason").asText("")));
        }
        return session.text(table);
    }

    /** How to get into a failed job that is kept. */
    private String kept(long build, JsonNode job) throws ClientException {
        String name = job.path("name").asText();
        return "kept: job " + Table.visible(name) + " until "
                + job.path("keptUntil").asText() + "; go in: " + session.ssh("-t") + " builds/" + build + "/"
                + Request.encodePath(name) + "/shell";
    }

    private static void next(JsonNode build, StringBuilder text) {
        String id = build.path("id").asText();
        boolean open = build.path("finished").isMissingNode();
        text.append("log: sally log ").append(id).append(open ? " -f" : "");
        if (build.path("artifacts").path("count").asLong() > 0) {
            text.append("; artifacts: sally get ").append(id);
        }
        if (open) {
            text.append("; end it: sally cancel ").append(id);
        } else if (!build.path("state").asText().equals("succeeded")) {
            text.append("; again: sally retry ").append(id).append(" --jobs failed");
        }
        text.append('\n');
    }
}
