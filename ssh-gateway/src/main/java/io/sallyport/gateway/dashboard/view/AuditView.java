package io.sallyport.gateway.dashboard.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.gateway.dashboard.house.Questions;
import io.sallyport.gateway.dashboard.house.Reply;
import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.gateway.dashboard.screen.Tone;
import io.sallyport.handlers.Plain;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The end of the audit log as it grows, the newest first, for auditors. */
final class AuditView implements View {
    private static final int MOST = 500;
    private static final int TIME = 10;
    private static final int WHO = 14;
    private static final int WHAT = 11;

    private final Seat seat;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<JsonNode> records = new ArrayDeque<>(); // guarded by the lock; the newest first
    private final Pick<JsonNode> pick = new Pick<>();
    private final Thread reader;
    private boolean moved;
    private String wanted = "";
    private volatile String broken = "";
    private int page = 1;

    private AuditView(Seat seat, long after) {
        this.seat = seat;
        this.reader = Thread.ofVirtual().name("audit").start(() -> read(after));
    }

    /** Asks where the log ends, and shows what is before that and what comes. */
    static Step open(Seat seat) {
        return new Step.Do(() -> switch (seat.questions().get("/audit/checkpoint", Map.of())) {
            case Reply.Told told ->
                new Step.Open(
                        new AuditView(seat, Math.max(0, told.body().path("seq").asLong() - MOST)));
            case Reply.Refused refused -> Step.refused(refused.problem());
        });
    }

    private void read(long after) {
        try {
            Questions.Ended ended = seat.questions()
                    .follow("/audit", Map.of("follow", "true", "after", Long.toString(after)), record -> {
                        add(record);
                        return true;
                    });
            broken = ended instanceof Questions.Ended.Broken cause
                    ? cause.problem().detail()
                    : "ended";
        } catch (IOException e) {
            broken = "cut off";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody looks any more
        }
        seat.changed().run();
    }

    private void add(JsonNode record) {
        lock.lock();
        try {
            records.addFirst(record);
            if (records.size() > MOST) {
                records.removeLast();
            }
        } finally {
            lock.unlock();
        }
        seat.changed().run();
    }

    @Override
    public String title() {
        return "audit log" + (wanted.isEmpty() ? "" : ", with '" + wanted + "'");
    }

    private List<JsonNode> shown() {
        lock.lock();
        try {
            String lower = wanted.toLowerCase(Locale.ROOT);
            return records.stream()
                    .filter(record -> lower.isEmpty()
                            || record.toString().toLowerCase(Locale.ROOT).contains(lower))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void draw(Area area, Instant now) {
        List<JsonNode> all = shown();
        page = Math.max(1, area.height() - 1);
        if (!moved && !all.isEmpty()) {
            pick.put(all.getFirst()); // until somebody chooses one, it is the newest
        }
        area.fit(1, 0, TIME - 1, "TIME", Tone.HEADING);
        area.fit(1 + TIME, 0, WHO - 1, "WHO", Tone.HEADING);
        area.fit(1 + TIME + WHO, 0, WHAT - 1, "SURFACE", Tone.HEADING);
        area.fit(
                1 + TIME + WHO + WHAT,
                0,
                area.width(),
                broken.isEmpty() ? "WHAT" : "WHAT (" + broken + ")",
                Tone.HEADING);
        int chosen = pick.in(all);
        int first = Pick.first(chosen, all.size(), page);
        for (int i = first; i < Math.min(all.size(), first + page); i++) {
            line(area, 1 + i - first, all.get(i));
            if (i == chosen) {
                area.wash(1 + i - first, Tone.CHOSEN);
            }
        }
    }

    private static void line(Area area, int line, JsonNode record) {
        String time = record.path("time").asText();
        String type = record.path("type").asText();
        boolean denied = record.path("decision").asText().equals("deny") || type.equals("refused");
        area.fit(1, line, TIME - 1, time.length() > 18 ? time.substring(11, 19) : time, Tone.QUIET);
        area.fit(1 + TIME, line, WHO - 1, record.path("identity").asText(), Tone.PLAIN);
        area.fit(1 + TIME + WHO, line, WHAT - 1, record.path("surface").asText(), Tone.QUIET);
        int at = 1 + TIME + WHO + WHAT;
        area.fit(at, line, area.width() - at, words(record, type), denied ? Tone.BAD : Tone.PLAIN);
    }

    private static String words(JsonNode record, String type) {
        List<String> words = new ArrayList<>();
        switch (type) {
            case "request" -> words.add(record.path("request").asText());
            case "result" -> {
                words.add("  result of " + record.path("of").asText());
                words.add(record.path("status").asText());
            }
            default -> words.add(type);
        }
        if (record.path("decision").asText().equals("deny")) {
            words.add("denied: " + record.path("rule").asText());
        }
        if (record.has("reason")) {
            words.add(record.path("reason").asText());
        }
        record.path("facts")
                .properties()
                .forEach(fact -> words.add(fact.getKey() + "=" + fact.getValue().asText()));
        return Plain.safe(String.join(" ", words));
    }

    @Override
    public Step key(Key key) {
        List<JsonNode> all = shown();
        if (key.name() == Key.Name.HOME) {
            moved = false;
            return new Step.Stay();
        }
        if (pick.move(key, all, page)) {
            moved = true;
            return new Step.Stay();
        }
        if (key.is('/')) {
            return new Step.Ask(new Prompt.Text("only what has in it:", text -> new Step.Then(() -> wanted = text)));
        }
        Optional<JsonNode> on = pick.of(all);
        return key.name() == Key.Name.ENTER && on.isPresent()
                ? new Step.Open(new DetailView("record " + on.get().path("seq").asText(), on.get()))
                : new Step.Unknown();
    }

    @Override
    public List<Hint> hints() {
        return List.of(new Hint("Enter", "all of it"), new Hint("/", "only some"), new Hint("Home", "the newest"));
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
