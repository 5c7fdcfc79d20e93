package io.sallyport.client.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.client.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code sally events}: what has happened, and happens. */
final class EventsCommand implements Command {
    private static final Set<String> IN_COLUMNS =
            Set.of("seq", "time", "type", "project", "build", "job", "state", "by", "links", "cursor");

    private final Syntax syntax = new Syntax(
            "events",
            this,
            "Shows what has happened, of what you may see; with -f what happens, also after a lost connection.",
            "No event is left out or comes twice: go on with --after CURSOR.");
    private final Supplier<Boolean> follow = syntax.flag("-f,--follow", "Goes on with what is still to come.");
    private final Supplier<Optional<String>> after =
            syntax.text("--after", "CURSOR", "Only those behind it; 'now' for only those still to come.");
    private final Supplier<List<String>> types =
            syntax.lists("-t,--type", "TYPE", "Only of these types, such as build.ended or job.*; may be repeated.");
    private final Supplier<Optional<Integer>> limit =
            syntax.option(Integer.class, "-n,--limit", "COUNT", "Ends after so many.");

    private final Session session;

    EventsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Request request = Request.of("GET", "/events");
        if (session.projectIfSet().isPresent()) {
            request = request.with("project", session.project());
        }
        request = types.get().isEmpty() ? request : request.with("type", String.join(",", types.get()));
        request = request.with("limit", limit.get().map(String::valueOf));
        return session.client()
                .events(
                        follow.get() ? request.with("follow", "true") : request,
                        after.get().orElse(""),
                        this::show);
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
