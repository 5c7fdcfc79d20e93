package io.sallyport.gateway.dashboard.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.gateway.dashboard.house.Reply;
import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.gateway.dashboard.screen.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The projects that may be seen. */
final class ProjectsView implements View {
    private static final int NAME = 30;

    private final Seat seat;
    private final Map<String, String> descriptions;
    private final List<String> names;
    private final Pick<String> pick = new Pick<>();
    private int page = 1;

    private ProjectsView(Seat seat, JsonNode items, String first) {
        this.seat = seat;
        this.descriptions = new HashMap<>();
        List<String> all = new ArrayList<>();
        for (JsonNode item : items) {
            all.add(item.path("name").asText());
            descriptions.put(
                    item.path("name").asText(), item.path("description").asText());
        }
        this.names = List.copyOf(all);
        if (names.contains(first)) {
            pick.put(first);
        }
    }

    /** Asks for the projects and shows them, the one with this name chosen. */
    static Step open(Seat seat, String first) {
        return new Step.Do(() -> switch (seat.questions().get("/projects", Map.of())) {
            case Reply.Told told ->
                new Step.Open(new ProjectsView(seat, told.body().path("items"), first));
            case Reply.Refused refused -> Step.refused(refused.problem());
        });
    }

    @Override
    public String title() {
        return Words.count(names.size(), "project");
    }

    @Override
    public void draw(Area area, Instant now) {
        page = Math.max(1, area.height());
        if (names.isEmpty()) {
            area.put(1, 1, "there are none that you may see", Tone.QUIET);
        }
        int name = Math.clamp(area.width() / 3, 10, NAME);
        int chosen = pick.in(names);
        int first = Pick.first(chosen, names.size(), page);
        for (int i = first; i < Math.min(names.size(), first + page); i++) {
            area.fit(1, i - first, name - 1, names.get(i), Tone.STRONG);
            area.fit(
                    1 + name,
                    i - first,
                    area.width() - name - 1,
                    descriptions.getOrDefault(names.get(i), ""),
                    Tone.PLAIN);
            if (i == chosen) {
                area.wash(i - first, Tone.CHOSEN);
            }
        }
    }

    @Override
    public Step key(Key key) {
        if (pick.move(key, names, page)) {
            return new Step.Stay();
        }
        return key.name() == Key.Name.ENTER
                ? pick.of(names).<Step>map(name -> ProjectView.open(seat, name)).orElse(new Step.Stay())
                : new Step.Unknown();
    }

    @Override
    public List<Hint> hints() {
        return List.of(new Hint("Enter", "open"));
    }
}
