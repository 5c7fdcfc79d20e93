package io.sallyport.gateway.dashboard.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.gateway.dashboard.house.BuildRow;
import io.sallyport.gateway.dashboard.house.House;
import io.sallyport.gateway.dashboard.house.Reply;
import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.gateway.dashboard.screen.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A project: how its last builds have gone, and these builds. */
final class ProjectView implements View {
    private static final int HEAD = 3;
    private static final int MOST = 100;
    private static final int BARS = 50;
    private static final int LABEL = 8;

    private final Seat seat;
    private final Actions actions;
    private final String name;
    private final String description;
    private final House house = new House(MOST);
    private final Pick<Long> pick = new Pick<>();
    private int page = 1;

    private ProjectView(Seat seat, JsonNode project, JsonNode builds) {
        this.seat = seat;
        this.actions = new Actions(seat);
        this.name = project.path("name").asText();
        this.description = project.path("description").asText();
        this.house.read(Instant.now(), List.of(builds));
    }

    /** Asks for a project and shows it. */
    static Step open(Seat seat, String name) {
        return new Step.Do(() -> {
            Reply project = seat.questions().get("/projects/" + name, Map.of());
            if (project instanceof Reply.Refused refused) {
                return Step.refused(refused.problem());
            }
            Reply builds =
                    seat.questions().get("/projects/" + name + "/builds", Map.of("limit", Integer.toString(MOST)));
            return builds instanceof Reply.Refused refused
                    ? Step.refused(refused.problem())
                    : new Step.Open(new ProjectView(seat, project.body(), builds.body()));
        });
    }

    @Override
    public String title() {
        return "project " + name;
    }

    @Override
    public Step heard(JsonNode event) {
        if (event.path("project").asText().equals(name)) {
            house.heard(Instant.EPOCH, event);
        }
        return new Step.Stay();
    }

    @Override
    public void draw(Area area, Instant now) {
        area.fit(1, 0, area.width() - 2, description.isEmpty() ? "no description" : description, Tone.QUIET);
        gauges(area, now);
        List<Long> all = house.newest().stream().map(BuildRow::id).toList();
        Area list = area.below(HEAD);
        page = Math.max(1, list.height());
        int chosen = pick.in(all);
        int first = Pick.first(chosen, all.size(), page);
        for (int i = first; i < Math.min(all.size(), first + page); i++) {
            int line = i - first;
            house.build(all.get(i)).ifPresent(build -> BuildLine.ended(list, line, build, false, now));
            if (i == chosen) {
                list.wash(line, Tone.CHOSEN);
            }
        }
        if (all.isEmpty()) {
            list.put(1, 0, "no builds yet", Tone.QUIET);
        }
    }

    private void gauges(Area area, Instant now) {
        List<BuildRow> ended = house.recent().reversed();
        int bars = Math.clamp(area.width() / 2 - LABEL, 10, BARS);
        List<BuildRow> last = ended.subList(Math.max(0, ended.size() - bars), ended.size());
        area.put(1, 1, "results", Tone.HEADING);
        for (int i = 0; i < last.size(); i++) {
            Sign sign = Sign.of(last.get(i).state());
            area.put(1 + LABEL + i, 1, sign.glyph(), sign.tone());
        }
        long good =
                last.stream().filter(build -> build.state().equals("succeeded")).count();
        area.fit(3 + LABEL + bars, 1, area.width(), good + " of " + last.size() + " succeeded", Tone.PLAIN);
        List<Duration> times = last.stream()
                .map(build -> build.ran(now))
                .flatMap(Optional::stream)
                .toList();
        area.put(1, 2, "times", Tone.HEADING);
        long[] seconds = times.stream().mapToLong(Duration::toSeconds).toArray();
        area.put(1 + LABEL, 2, Sparkline.of(seconds, 1), Tone.BUSY);
        if (!times.isEmpty()) {
            List<Duration> sorted = times.stream().sorted().toList();
            String words =
                    Words.of(sorted.get(sorted.size() / 2)) + " median, " + Words.of(sorted.getLast()) + " at most";
            area.fit(3 + LABEL + bars, 2, area.width(), words, Tone.PLAIN);
        }
    }

    @Override
    public Step key(Key key) {
        List<Long> all = house.newest().stream().map(BuildRow::id).toList();
        if (pick.move(key, all, page)) {
            return new Step.Stay();
        }
        Optional<Long> on = pick.of(all);
        if (on.isEmpty()) {
            return new Step.Unknown();
        }
        return key.name() == Key.Name.ENTER ? BuildView.open(seat, on.get()) : actions.key(key, on.get(), "");
    }

    @Override
    public List<Hint> hints() {
        List<Hint> all = new ArrayList<>(List.of(new Hint("Enter", "open")));
        all.addAll(actions.hints());
        return all;
    }
}
