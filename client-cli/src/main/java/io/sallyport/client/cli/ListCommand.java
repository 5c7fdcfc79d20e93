package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.client.Answer;
import io.sallyport.client.Request;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sally ls}: builds, newest first. */
@Command(
        name = "ls",
        abbreviateSynopsis = true,
        description = "Lists builds, the newest first: of the project that is set, or of all that you may see.")
final class ListCommand implements Callable<Integer> {
    private static final int COMMIT = 10;

    @Option(
            names = {"-a", "--all"},
            description = "Of all projects, also when one is set.")
    private boolean all;

    @Option(
            names = {"-s", "--state"},
            paramLabel = "STATE",
            description = "Only queued, running, succeeded, failed, canceled, timedout or errored ones.")
    private @Nullable String state;

    @Option(
            names = {"--ref"},
            paramLabel = "REF",
            description = "Only of this branch or tag.")
    private @Nullable String ref;

    @Option(
            names = {"--label"},
            paramLabel = "NAME=VALUE",
            description = "Only with this label; may be repeated.")
    private List<String> labels = List.of();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "COUNT",
            description = "At most so many (20).")
    private int limit = 20;

    @Option(
            names = {"--after"},
            paramLabel = "ID",
            description = "Only older ones than this build.")
    private @Nullable String after;

    private final Session session;

    ListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<String> project = all ? Optional.empty() : session.projectIfSet();
        Request request = Request.of(
                        "GET",
                        project.map(name -> "/projects/" + Request.encodePath(name))
                                        .orElse("") + "/builds")
                .with("limit", limit);
        request = with(request, "state", state);
        request = with(request, "ref", ref);
        request = with(request, "after", after);
        for (String label : labels) {
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

    private static Request with(Request request, String name, @Nullable String value) {
        return value == null ? request : request.with(name, value);
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
        return table.text(paint);
    }
}
