package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.client.Answer;
import io.sallyport.client.Request;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code sally ls}: builds, newest first. */
final class ListCommand implements Command {
    private static final int COMMIT = 10;

    private final Syntax syntax = new Syntax(
            "ls", this, "Lists builds, the newest first: of the project that is set, or of all that you may see.");
    private final Supplier<Boolean> all = syntax.flag("-a,--all", "Of all projects, also when one is set.");
    private final Supplier<Optional<String>> state = syntax.text(
            "-s,--state", "STATE", "Only queued, running, succeeded, failed, canceled, timedout or errored ones.");
    private final Supplier<Optional<String>> ref = syntax.text("--ref", "REF", "Only of this branch or tag.");
    private final Supplier<List<String>> labels =
            syntax.texts("--label", "NAME=VALUE", "Only with this label; may be repeated.");
    private final Supplier<Optional<Integer>> limit =
            syntax.option(Integer.class, "-n,--limit", "COUNT", "At most so many (20).");
    private final Supplier<Optional<String>> after = syntax.text("--after", "ID", "Only older ones than this build.");

    private final Session session;

    ListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<String> project = all.get() ? Optional.empty() : session.projectIfSet();
        Request request = Request.of(
                        "GET",
                        project.map(name -> "/projects/" + Request.encodePath(name))
                                        .orElse("") + "/builds")
                .with("limit", limit.get().orElse(20));
        request = request.with("state", state.get()).with("ref", ref.get()).with("after", after.get());
        for (String label : labels.get()) {
            int equals = Math.max(0, label.indexOf('='));
            request = request.with("label." + label.substring(0, equals), label.substring(equals + 1));
        }
        Answer answer = session.client().get(request);
        if (session.json()) {
            session.console().print(answer.text());
            return answer.status();
        }
        JsonNode builds = answer.document().path("items");
        session.console().print(builds.isEmpty() ? "no builds\n" : table(builds));
        if (answer.document().hasNonNull("next")) {
            session.console()
                    .say("there are older ones: --after "
                            + answer.document().path("next").asText());
        }
        return answer.status();
    }

    private String table(JsonNode builds) {
        Paint paint = session.paint();
        Ago ago = new Ago(Instant.now());
        Table table = new Table("ID", "PROJECT", "STATE", "REF", "COMMIT", "BY", "CREATED", "TOOK", "WHY");
        for (JsonNode build : builds) {
            String of = build.path("state").asText();
            String commit = build.path("commit").asText("");
            table.add(
                    Table.Cell.of(build.path("id").asText()),
                    Table.Cell.of(build.path("project").asText("")),
                    new Table.Cell(of, text -> paint.state(of, text)),
                    Table.Cell.of(build.path("ref").asText("")),
                    Table.Cell.of(commit.substring(0, Math.min(COMMIT, commit.length()))),
                    Table.Cell.of(build.path("submittedBy").asText("")),
                    Table.Cell.of(ago.of(build.path("created"))),
                    Table.Cell.of(ago.took(build.path("started"), build.path("finished"))),
                    Table.Cell.of(build.path("reason").asText("")));
        }
        return session.text(table);
    }
}
