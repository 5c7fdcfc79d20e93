package io.sallyport.gateway.dashboard.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.gateway.dashboard.house.Reply;
import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.gateway.dashboard.screen.Tone;
import io.sallyport.handlers.Method;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is connected, for administrators. No event tells of a connection that begins, so the list is read again while it is shown. */
final class ConnectionsView implements View {
    private static final int MOST = 1000;
    private static final int SINCE = 12;
    private static final int BYTES = 9;
    private static final int GAP = 2;

    private final Seat seat;
    private final Pick<String> pick = new Pick<>();
    private List<JsonNode> connections;
    private int page = 1;

    private ConnectionsView(Seat seat, JsonNode items) {
        this.seat = seat;
        this.connections = listed(items);
    }

    /** Asks for the connections and shows them. */
    static Step open(Seat seat) {
        return new Step.Do(() -> switch (seat.questions().get("/connections", Map.of())) {
            case Reply.Told told ->
                new Step.Open(new ConnectionsView(seat, told.body().path("items")));
            case Reply.Refused refused -> Step.refused(refused.problem());
        });
    }

    private static List<JsonNode> listed(JsonNode items) {
        List<JsonNode> all = new ArrayList<>();
        for (JsonNode item : items) {
            if (all.size() < MOST) {
                all.add(item);
            }
        }
        return List.copyOf(all);
    }

    @Override
    public Optional<Step.Errand> again() {
        return Optional.of(() -> switch (seat.questions().get("/connections", Map.of())) {
            case Reply.Told told -> {
                List<JsonNode> now = listed(told.body().path("items"));
                yield new Step.Then(() -> connections = now);
            }
            case Reply.Refused refused -> Step.refused(refused.problem());
        });
    }

    @Override
    public String title() {
        return Words.count(connections.size(), "connection");
    }

    private List<String> ids() {
        return connections.stream().map(ConnectionsView::id).toList();
    }

    private static String id(JsonNode connection) {
        return connection.path("id").asText();
    }

    @Override
    public void draw(Area area, Instant now) {
        page = Math.max(1, area.height() - 1);
        int name = widest("identity", "IDENTITY", Math.clamp(area.width() / 5, 10, 30));
        int source = widest("source", "FROM", Math.clamp(area.width() / 4, 16, 46));
        int[] at = {1, 1 + name, 1 + name + source, 1 + name + source + SINCE};
        area.fit(at[0], 0, name - 1, "IDENTITY", Tone.HEADING);
        area.fit(at[1], 0, source - 1, "FROM", Tone.HEADING);
        area.fit(at[2], 0, SINCE - 1, "SINCE", Tone.HEADING);
        area.fit(at[3], 0, area.width(), "CHANNELS  IN       OUT      CLIENT", Tone.HEADING);
        int chosen = pick.in(ids());
        int first = Pick.first(chosen, connections.size(), page);
        for (int i = first; i < Math.min(connections.size(), first + page); i++) {
            int line = 1 + i - first;
            JsonNode each = connections.get(i);
            area.fit(at[0], line, name - 1, each.path("identity").asText(), Tone.STRONG);
            area.fit(at[1], line, source - 1, each.path("source").asText(), Tone.PLAIN);
            area.fit(at[2], line, SINCE - 1, since(each, now), Tone.QUIET);
            area.fit(at[3], line, BYTES, each.path("channels").asText(), Tone.PLAIN);
            area.fit(at[3] + 10, line, BYTES - 1, size(each.path("bytesIn").asLong()), Tone.PLAIN);
            area.fit(
                    at[3] + 10 + BYTES,
                    line,
                    BYTES - 1,
                    size(each.path("bytesOut").asLong()),
                    Tone.PLAIN);
            area.fit(
                    at[3] + 10 + 2 * BYTES,
                    line,
                    area.width(),
                    each.path("client").asText(),
                    Tone.QUIET);
            if (i == chosen) {
                area.wash(line, Tone.CHOSEN);
            }
        }
    }

    /** The width of a column, its gap included: what is in it leaves the rest to the last. */
    private int widest(String member, String heading, int most) {
        int needed = connections.stream()
                .mapToInt(each -> Area.length(each.path(member).asText(), most))
                .max()
                .orElse(0);
        return Math.min(most, Math.max(needed, heading.length()) + GAP);
    }

    private static String since(JsonNode connection, Instant now) {
        try {
            return Words.ago(Instant.parse(connection.path("since").asText()), now);
        } catch (DateTimeException e) {
            return "";
        }
    }

    private static String size(long bytes) {
        return bytes < 10_000 ? bytes + " B" : bytes < 10_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + " MB";
    }

    @Override
    public Step key(Key key) {
        if (pick.move(key, ids(), page)) {
            return new Step.Stay();
        }
        Optional<JsonNode> on = pick.of(ids())
                .flatMap(id ->
                        connections.stream().filter(each -> id(each).equals(id)).findFirst());
        if (on.isPresent() && key.name() == Key.Name.ENTER) {
            return new Step.Open(
                    new DetailView("connection of " + on.get().path("identity").asText(), on.get()));
        }
        return on.isPresent() && key.is('x') ? end(on.get()) : new Step.Unknown();
    }

    private Step end(JsonNode connection) {
        String who = connection.path("identity").asText();
        return new Step.Ask(new Prompt.Text(
                "end the connection of " + who + "; why? (Enter ends it, Esc does not)",
                reason -> new Step.Do(() -> switch (seat.questions()
                        .ask(
                                Method.DELETE,
                                "/connections/" + id(connection),
                                reason.isEmpty() ? Map.of() : Map.of("reason", reason))) {
                    case Reply.Told told -> new Step.Say("the connection of " + who + " is ended", Tone.GOOD);
                    case Reply.Refused refused -> Step.refused(refused.problem());
                })));
    }

    @Override
    public List<Hint> hints() {
        return List.of(new Hint("Enter", "all of it"), new Hint("x", "end it"));
    }
}
