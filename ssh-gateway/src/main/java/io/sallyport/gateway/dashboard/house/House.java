package io.sallyport.gateway.dashboard.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is known of builds and the queue: read as a whole now and then, and moved on by each event. For one thread at a time. */
public final class House {
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final int WAITS = 120;

    private final int most;
    private final NavigableMap<Long, BuildRow> builds = new TreeMap<>();
    private final Load load = new Load(STEP);
    private final Deque<Duration> waits = new ArrayDeque<>();
    private List<QueueRow> queue = List.of();
    private Optional<List<QueueRow>> waitingNow = Optional.empty(); // until something changes
    private List<NodeRow> nodes = List.of();
    private int waiting;
    private int places;
    private Optional<String> draining = Optional.empty();
    private boolean known;

    /** Remembers at most so many builds and lines of the queue. */
    public House(int most) {
        this.most = most;
    }

    /** Whether it has been read. */
    public boolean isKnown() {
        return known;
    }

    /** Jobs that may run at the same time; 0 when that is not known. */
    public int places() {
        return places;
    }

    /** Why no new builds are taken, in words; empty while they are. */
    public Optional<String> draining() {
        return draining;
    }

    /** The gateway as its own answer has it. */
    public void readGateway(JsonNode json) {
        places = json.path("limits").path("buildsAtOnce").asInt();
        draining = json.has("draining") ? Optional.of(drained(json.path("draining"))) : Optional.empty();
    }

    private static String drained(JsonNode json) {
        String message = json.path("message").asText();
        return "no new builds are taken" + (message.isEmpty() ? "" : ": " + message);
    }

    /** The machines that jobs run on, as they were last read. */
    public List<NodeRow> nodes() {
        return nodes;
    }

    /** Whether it is worth a line: there are several, or the one there is takes no jobs. */
    public boolean showsNodes() {
        return nodes.size() > 1 || nodes.stream().anyMatch(node -> !node.isReady());
    }

    /** The machines as their list has them. */
    public void readNodes(JsonNode list) {
        List<NodeRow> rows = new ArrayList<>();
        for (JsonNode item : list.path("items")) {
            if (rows.size() < most) {
                rows.add(NodeRow.of(item));
            }
        }
        nodes = List.copyOf(rows);
    }

    /** Builds as lists have them. What is not among them is forgotten. */
    public void read(Instant now, List<JsonNode> lists) {
        waitingNow = Optional.empty();
        builds.clear();
        for (JsonNode list : lists) {
            list.path("items").forEach(item -> put(BuildRow.of(item)));
        }
        if (waits.isEmpty()) {
            builds.values().forEach(this::waited);
        }
        known = true;
        load.set(now, runningJobs());
    }

    /** The queue as its list has it. */
    public void readQueue(JsonNode list) {
        List<QueueRow> rows = new ArrayList<>();
        for (JsonNode item : list.path("items")) {
            if (rows.size() < most) {
                rows.add(QueueRow.of(item));
            }
        }
        waiting = list.path("items").size();
        queue = List.copyOf(rows);
        waitingNow = Optional.empty();
    }

    /** Something has happened. */
    public void heard(Instant now, JsonNode event) {
        switch (event.path("type").asText()) {
            case "gateway.draining" -> draining = Optional.of(drained(event));
            case "gateway.resumed" -> draining = Optional.empty();
            default -> {}
        }
        if (!event.has("build")) {
            return;
        }
        long id = event.path("build").asLong();
        BuildRow before = builds.get(id);
        if (before == null && !event.path("type").asText().equals("build.queued")) {
            return; // older than what is remembered
        }
        BuildRow after = before == null ? BuildRow.heardOf(event) : before.after(event);
        put(after);
        if (event.path("type").asText().equals("build.started")) {
            waited(after);
        }
        load.set(now, runningJobs());
    }

    private void waited(BuildRow build) {
        build.started().ifPresent(start -> {
            waits.add(Duration.between(build.created(), start));
            if (waits.size() > WAITS) {
                waits.remove();
            }
        });
    }

    private void put(BuildRow build) {
        waitingNow = Optional.empty();
        builds.put(build.id(), build.hasEnded() ? build.withoutJobs() : build);
        while (builds.size() > most) {
            // What is over goes first; then the oldest that waits.
            Long gone = builds.values().stream()
                    .filter(BuildRow::hasEnded)
                    .map(BuildRow::id)
                    .findFirst()
                    .orElse(builds.firstKey());
            builds.remove(gone);
        }
    }

    /** A build that is remembered. */
    public Optional<BuildRow> build(long id) {
        return Optional.ofNullable(builds.get(id));
    }

    /** Those that run, the oldest first. */
    public List<BuildRow> running() {
        return builds.values().stream().filter(BuildRow::isRunning).toList();
    }

    /** Those that are over, the newest first. */
    public List<BuildRow> recent() {
        return builds.descendingMap().values().stream()
                .filter(BuildRow::hasEnded)
                .toList();
    }

    /** All that are remembered, the newest first. */
    public List<BuildRow> newest() {
        return List.copyOf(builds.descendingMap().values());
    }

    /** What waits, in order: as the queue was last read, without builds that are known to wait no more. */
    public List<QueueRow> queue() {
        List<QueueRow> now = waitingNow.orElseGet(this::merged);
        waitingNow = Optional.of(now);
        return now;
    }

    private List<QueueRow> merged() {
        List<QueueRow> rows = new ArrayList<>();
        Set<Long> listed = new HashSet<>();
        for (QueueRow row : queue) {
            listed.add(row.build());
            BuildRow build = builds.get(row.build());
            boolean over = build != null && (row.job().isEmpty() ? !build.isQueued() : build.hasEnded());
            if (!over) {
                rows.add(row);
            }
        }
        for (BuildRow build : builds.values()) {
            if (build.isQueued() && !listed.contains(build.id()) && waiting <= most) {
                rows.add(new QueueRow("", build.id(), "", build.project(), build.created(), ""));
            }
        }
        return List.copyOf(rows);
    }

    /** How many wait, also those beyond what is remembered. */
    public int waiting() {
        return Math.max(waiting - most, 0) + queue().size();
    }

    /** Jobs that run. */
    public int runningJobs() {
        return builds.values().stream()
                .filter(BuildRow::isRunning)
                .mapToInt(build -> build.running().size())
                .sum();
    }

    /** How many jobs ran in each of the last steps of {@code 5 s}, the oldest first; -1 where that is not known. */
    public int[] load(Instant now, int steps) {
        return load.last(now, steps);
    }

    /** How long each of the builds that began last has waited, the oldest first. */
    public List<Duration> waits() {
        return List.copyOf(waits);
    }
}
