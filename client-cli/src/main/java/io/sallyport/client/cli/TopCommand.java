package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.client.Request;
import io.sallyport.client.SallyClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code sally top}: what runs and what waits. */
final class TopCommand implements Command {
    private static final String CLEAR = "\u001b[H\u001b[2J";
    private static final int MOST = 100;

    private final Syntax syntax = new Syntax(
            "top",
            this,
            "Shows what runs and what waits, and why; on a terminal again and again, until Ctrl-C.",
            "With --json: the queue, as the gateway gives it.");
    private final Supplier<Optional<Integer>> every =
            syntax.option(Integer.class, "-n,--every", "SECONDS", "How often it is looked (2).");
    private final Supplier<Boolean> once = syntax.flag("-1,--once", "Only once, also on a terminal.");

    private final Session session;

    TopCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        SallyClient client = session.client();
        if (session.json()) {
            session.console().print(client.get(Request.of("GET", "/queue")).text());
            return ExitStatus.OK;
        }
        boolean again = session.surroundings().terminals().out() && !once.get();
        do {
            String shown = look(client);
            if (again) {
                session.console().clear(CLEAR);
            }
            session.console().print(shown);
            if (again) {
                Thread.sleep(Duration.ofSeconds(Math.max(1, every.get().orElse(2))));
            }
        } while (again);
        return ExitStatus.OK;
    }

    private String look(SallyClient client) throws IOException, InterruptedException {
        JsonNode running = client.get(
                        Request.of("GET", "/builds").with("state", "running").with("limit", MOST))
                .document()
                .path("items");
        JsonNode waiting = client.get(Request.of("GET", "/queue")).document().path("items");
        Paint paint = session.paint();
        Ago ago = new Ago(Instant.now());
        Table builds = new Table("RUNNING", "PROJECT", "REF", "BY", "FOR", "JOBS");
        for (JsonNode build : running) {
            builds.add(
                    Table.Cell.of(build.path("id").asText()),
                    Table.Cell.of(build.path("project").asText()),
                    Table.Cell.of(build.path("ref").asText("")),
                    Table.Cell.of(build.path("submittedBy").asText("")),
                    Table.Cell.of(ago.took(build.path("started"), build.path("finished"))),
                    new Table.Cell(jobs(build), text -> paint.state("running", text)));
        }
        Table queue = new Table("WAITING", "JOB", "PROJECT", "SINCE", "WHY");
        for (JsonNode entry : waiting) {
            queue.add(
                    Table.Cell.of(entry.path("id").asText(entry.path("build").asText(""))),
                    Table.Cell.of(entry.path("job").asText("")),
                    Table.Cell.of(entry.path("project").asText("")),
                    Table.Cell.of(ago.of(entry.path("since"))),
                    Table.Cell.of(entry.path("why").asText("")));
        }
        String text = session.text(builds) + session.text(queue);
        return text.isEmpty() ? "nothing runs and nothing waits\n" : text;
    }

    private static String jobs(JsonNode build) {
        StringBuilder names = new StringBuilder();
        for (JsonNode job : build.path("jobs")) {
            if (job.path("state").asText().equals("running")) {
                names.append(names.isEmpty() ? "" : " ").append(job.path("name").asText());
            }
        }
        return names.toString();
    }
}
