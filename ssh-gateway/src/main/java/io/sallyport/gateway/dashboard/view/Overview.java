package io.sallyport.gateway.dashboard.view;

import io.sallyport.gateway.dashboard.house.BuildRow;
import io.sallyport.gateway.dashboard.house.House;
import io.sallyport.gateway.dashboard.house.Load;
import io.sallyport.gateway.dashboard.house.NodeRow;
import io.sallyport.gateway.dashboard.house.QueueRow;
import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.gateway.dashboard.screen.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The first view: what runs, what waits and why, what is over, and how busy the house is. */
public final class Overview implements View {
    private static final int TIME = 9;
    private static final int LABEL = 8;
    private static final int GAUGE_LINES = 2;
    private static final int BARS = 60;

    /** Seconds that a high bar stands for at least: a wait of one is no news. */
    private static final int LONG_WAIT = 10;

    private final Seat seat;
    private final Actions actions;
    private final Pick<Line> pick = new Pick<>();
    private int page = 1;

    /** One line of the lists: which build, and which job of it where that is what waits. */
    private record Line(Kind kind, long build, String job) {}

    private enum Kind {
        RUNNING,
        QUEUED,
        RECENT
    }

    /** Shows the house around a seat. */
    public Overview(Seat seat) {
        this.seat = seat;
        this.actions = new Actions(seat);
    }

    @Override
    public String title() {
        return "overview";
    }

    @Override
    public boolean showsHouse() {
        return true;
    }

    @Override
    public void draw(Area area, Instant now) {
        House house = seat.house();
        if (!house.isKnown()) {
            area.put(1, 1, "reading what there is …", Tone.QUIET);
            return;
        }
        int gauges = house.showsNodes() ? GAUGE_LINES + 1 : GAUGE_LINES;
        gauges(area.part(1, 0, area.width() - 2, gauges), now);
        List<Line> lines = lines();
        int chosen = pick.in(lines);
        Area lists = area.below(gauges);
        page = Math.max(1, lists.height() - 3);
        int running = house.running().size();
        int queued = (int) count(lines, Kind.QUEUED);
        int recent = lines.size() - running - queued;
        int[] room = Shares.of(lists.height() - 3, running, queued, recent);
        int at = section(lists, 0, "RUNNING", running, Tone.BUSY);
        at = rows(lists, at, room[0], lines.subList(0, running), chosen, now);
        at = section(lists, at, "WAITING", house.waiting(), Tone.WAITING);
        at = rows(lists, at, room[1], lines.subList(running, running + queued), chosen - running, now);
        at = section(lists, at, "RECENT", -1, Tone.HEADING);
        rows(lists, at, room[2], lines.subList(running + queued, lines.size()), chosen - running - queued, now);
    }

    private static long count(List<Line> lines, Kind kind) {
        return lines.stream().filter(line -> line.kind() == kind).count();
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (BuildRow build : seat.house().running()) {
            lines.add(new Line(Kind.RUNNING, build.id(), ""));
        }
        for (QueueRow row : seat.house().queue()) {
            lines.add(new Line(Kind.QUEUED, row.build(), row.job()));
        }
        for (BuildRow build : seat.house().recent()) {
            lines.add(new Line(Kind.RECENT, build.id(), ""));
        }
        return lines;
    }

    private void gauges(Area area, Instant now) {
        House house = seat.house();
        int bars = Math.clamp(area.width() / 2 - LABEL, 10, BARS);
        long[] load = longs(house.load(now, Math.min(bars, Load.STEPS)));
        area.put(0, 0, "load", Tone.HEADING);
        area.put(LABEL, 0, Sparkline.of(load, house.places()), Tone.BUSY);
        String places = house.places() > 0 ? " of " + house.places() + " places taken" : " jobs run";
        area.fit(LABEL + bars + 2, 0, area.width(), house.runningJobs() + places, Tone.PLAIN);
        List<Duration> waits = house.waits();
        long[] last = waits.stream()
                .skip(Math.max(0, waits.size() - bars))
                .mapToLong(Duration::toSeconds) // as it is told in words: none has a bar
                .toArray();
        area.put(0, 1, "waits", Tone.HEADING);
        area.put(LABEL, 1, Sparkline.of(last, LONG_WAIT), Tone.WAITING);
        area.fit(LABEL + bars + 2, 1, area.width(), waited(waits), Tone.PLAIN);
        if (house.showsNodes()) {
            nodes(area, house.nodes());
        }
    }

    /** Those first that take no jobs: with many nodes, these are what one has to know of. */
    private static void nodes(Area area, List<NodeRow> nodes) {
        area.put(0, GAUGE_LINES, "nodes", Tone.HEADING);
        int at = LABEL;
        for (NodeRow node : nodes.stream().filter(each -> !each.isReady()).toList()) {
            String reason = node.reason().isEmpty() ? "" : ": " + node.reason();
            at = area.put(at, GAUGE_LINES, "✗ " + node.name() + " " + node.state() + reason, Tone.BAD) + 2;
        }
        for (NodeRow node : nodes.stream().filter(NodeRow::isReady).toList()) {
            Tone tone = node.jobs() > 0 ? Tone.BUSY : Tone.QUIET;
            at = area.put(at, GAUGE_LINES, node.name() + " " + node.jobs(), tone) + 2;
        }
    }

    private static long[] longs(int[] values) {
        long[] all = new long[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i];
        }
        return all;
    }

    private static String waited(List<Duration> waits) {
        if (waits.isEmpty()) {
            return "nothing has waited yet";
        }
        List<Duration> sorted = waits.stream().sorted().toList();
        return Words.of(sorted.get(sorted.size() / 2)) + " median, " + Words.of(sorted.getLast()) + " at most";
    }

    private static int section(Area area, int line, String name, int count, Tone tone) {
        int at = area.put(1, line, name, tone.equals(Tone.HEADING) ? tone : Tone.HEADING);
        if (count >= 0) {
            area.put(at + 1, line, Integer.toString(count), count > 0 ? tone : Tone.QUIET);
        }
        return line + 1;
    }

    private int rows(Area area, int line, int room, List<Line> lines, int chosen, Instant now) {
        boolean here = chosen >= 0 && chosen < lines.size();
        int first = Pick.first(here ? chosen : -1, lines.size(), room);
        int seen = Math.min(room, lines.size() - first);
        for (int i = 0; i < seen; i++) {
            row(area, line + i, lines.get(first + i), now);
            if (here && first + i == chosen) {
                area.wash(line + i, Tone.CHOSEN);
            }
        }
        return line + Math.max(seen, 0);
    }

    private void row(Area area, int line, Line about, Instant now) {
        Optional<BuildRow> build = seat.house().build(about.build());
        switch (about.kind()) {
            case RUNNING -> build.ifPresent(row -> BuildLine.running(area, line, row, now));
            case QUEUED -> queued(area, line, about, now);
            case RECENT -> build.ifPresent(row -> BuildLine.ended(area, line, row, true, now));
        }
    }

    private void queued(Area area, int line, Line about, Instant now) {
        QueueRow row = waiting(about).orElse(new QueueRow("", about.build(), about.job(), "", now, ""));
        int at = new Columns(area.width(), true).head(area, line, "queued", row.build(), row.project());
        area.right(at, line, TIME - 2, Words.of(Duration.between(row.since(), now)), Tone.WAITING);
        at += TIME;
        if (!row.job().isEmpty()) {
            int room = row.why().isEmpty() ? area.width() - at : (area.width() - at) / 2;
            area.fit(at, line, room, row.job(), Tone.STRONG);
            at += Area.length(row.job(), room);
            at = area.put(at, line, row.why().isEmpty() ? "" : " · ", Tone.QUIET);
        }
        area.fit(at, line, area.width() - at, row.why(), Tone.PLAIN);
    }

    @Override
    public Step key(Key key) {
        List<Line> lines = lines();
        if (pick.move(key, lines, page)) {
            return new Step.Stay();
        }
        Optional<Line> on = pick.of(lines);
        if (key.is('p')) {
            return ProjectsView.open(seat, on.map(this::project).orElse(""));
        }
        if (key.is('o')) {
            return ConnectionsView.open(seat);
        }
        if (key.is('a')) {
            return AuditView.open(seat);
        }
        if (on.isEmpty()) {
            return new Step.Unknown();
        }
        return key.name() == Key.Name.ENTER
                ? BuildView.open(seat, on.get().build())
                : actions.key(key, on.get().build(), on.get().job());
    }

    private String project(Line line) {
        return seat.house()
                .build(line.build())
                .map(BuildRow::project)
                .orElseGet(() -> waiting(line).map(QueueRow::project).orElse(""));
    }

    private Optional<QueueRow> waiting(Line line) {
        return seat.house().queue().stream()
                .filter(row -> row.build() == line.build() && row.job().equals(line.job()))
                .findFirst();
    }

    @Override
    public List<Hint> hints() {
        List<Hint> all = new ArrayList<>(List.of(new Hint("Enter", "open"), new Hint("p", "projects")));
        all.addAll(actions.hints());
        if (seat.who().administers()) {
            all.add(new Hint("o", "connections"));
        }
        if (seat.who().audits()) {
            all.add(new Hint("a", "audit"));
        }
        return all;
    }
}
