package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.client.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sally events}: what has happened, and happens. */
@Command(
        name = "events",
        abbreviateSynopsis = true,
        description = {
            "Shows what has happened, of what you may see; with -f what happens, also after a lost connection.",
            "No event is left out or comes twice: go on with --after CURSOR."
        })
final class EventsCommand implements Callable<Integer> {
    private static final Set<String> IN_COLUMNS =
            Set.of("seq", "time", "type", "project", "build", "job", "state", "by", "links", "cursor");

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what is still to come.")
    private boolean follow;

    @Option(
            names = {"--after"},
            paramLabel = "CURSOR",
            description = "Only those behind it; 'now' for only those still to come.")
    private String after = "";

    @Option(
            names = {"-t", "--type"},
            paramLabel = "TYPE",
            split = ",",
            description = "Only of these types, such as build.ended or job.*; may be repeated.")
    private List<String> types = List.of();

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "COUNT",
            description = "Ends after so many.")
    private @Nullable Integer limit;

    private final Session session;

    EventsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Request request = Request.of("GET", "/events");
        if (session.projectIfSet().isPresent()) {
            request = request.with("project", session.project());
        }
        request = types.isEmpty() ? request : request.with("type", String.join(",", types));
        request = limit == null ? request : request.with("limit", limit);
        return session.client().events(follow ? request.with("follow", "true") : request, after, this::show);
    }

    private void show(JsonNode event) {
        try {
            session.console().print((session.json() ? event.toString() : line(event)) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line(JsonNode event) {
        String state = event.path("state").asText("");
        String rest = event.properties().stream()
                .filter(member -> !IN_COLUMNS.contains(member.getKey()))
                .map(member -> member.getKey() + "="
                        + (member.getValue().isTextual() ? member.getValue().asText() : member.getValue()))
                .collect(Collectors.joining(" "));
        Paint paint = session.paint();
        String text = String.format(
                "%s  %-18s  %-14s  %6s  %-10s  ",
                paint.faint(event.path("time").asText()),
                event.path("type").asText(),
                event.path("project").asText(""),
                event.path("build").asText(""),
                event.path("job").asText(""));
        text += paint.state(state, String.format("%-9s", state)) + "  "
                + event.path("by").asText("") + "  " + rest;
        return paint.on() ? text.stripTrailing() : Table.visible(text.stripTrailing());
    }
}
