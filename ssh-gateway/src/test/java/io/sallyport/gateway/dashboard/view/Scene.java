package io.sallyport.gateway.dashboard.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sallyport.gateway.dashboard.house.House;
import io.sallyport.gateway.dashboard.house.Questions;
import io.sallyport.gateway.dashboard.house.Reply;
import io.sallyport.gateway.dashboard.screen.Frame;
import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.handlers.Method;
import io.sallyport.handlers.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** A seat in a house that answers what it was given. */
final class Scene implements Questions {
    static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    final House house = new House(50);
    final List<String> asked = new ArrayList<>();
    private final Map<String, Reply> replies = new HashMap<>();
    private final Map<String, List<JsonNode>> streams = new HashMap<>();
    private final Set<String> roles;

    Scene(String... roles) {
        this.roles = Set.of(roles);
    }

    Seat seat() {
        return new Seat(house, this, new Who("ann", roles), 100_000, () -> {});
    }

    /** JSON with single quotes. */
    static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text.replace('\'', '"'));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** {@code id project state}, and further members. */
    static String build(long id, String project, String state, String more) {
        return "{'id':%d,'project':'%s','state':'%s','ref':'main','commit':'3f2c1ab2d4','submittedBy':'ann','created':'2026-11-26T11:58:00.000Z'%s}"
                .formatted(id, project, state, more.isEmpty() ? "" : "," + more);
    }

    Scene builds(String... builds) {
        house.read(NOW, List.of(json("{'items':[" + String.join(",", builds) + "]}")));
        return this;
    }

    Scene queue(String... entries) {
        house.readQueue(json("{'items':[" + String.join(",", entries) + "]}"));
        return this;
    }

    Scene answer(String request, String body) {
        replies.put(request, new Reply.Told(json(body)));
        return this;
    }

    Scene refuse(String request, Problem problem) {
        replies.put(request, new Reply.Refused(problem));
        return this;
    }

    Scene stream(String path, String... records) {
        streams.put(path, List.of(records).stream().map(Scene::json).toList());
        return this;
    }

    @Override
    public Reply ask(Method method, String path, Map<String, String> parameters) {
        String request = method + " " + path;
        asked.add(parameters.isEmpty() ? request : request + " " + new java.util.TreeMap<>(parameters));
        return replies.getOrDefault(request, new Reply.Refused(Problem.notFound("nothing at " + request)));
    }

    @Override
    public OptionalLong size(String path) {
        return OptionalLong.of(streams.getOrDefault(path, List.of()).stream()
                .mapToLong(record -> record.path("offset").asLong()
                        + record.path("text").asText().length())
                .max()
                .orElse(0));
    }

    @Override
    public Ended follow(String path, Map<String, String> parameters, Reader reader) throws InterruptedException {
        reader.opened();
        long from = Long.parseLong(parameters.getOrDefault("offset", "0"));
        for (JsonNode record : streams.getOrDefault(path, List.of())) {
            boolean wanted = record.path("offset").asLong() >= from
                    && (!parameters.containsKey("job")
                            || parameters.get("job").equals(record.path("job").asText()));
            if (wanted && !reader.take(record)) {
                return new Ended.Left();
            }
        }
        return new Ended.Complete(0);
    }

    /** What a view shows on a screen of that size. */
    static String shown(View view, int columns, int lines) {
        Frame frame = new Frame(columns, lines, true);
        view.draw(frame.area(), NOW);
        return frame.text();
    }

    /** Waits until a view shows all of these; the answer is what it shows then. */
    static String await(View view, int columns, int lines, String... texts) {
        long end = System.nanoTime() + 20_000_000_000L;
        String shown = shown(view, columns, lines);
        while (!List.of(texts).stream().allMatch(shown::contains)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + List.of(texts) + " on\n" + shown);
            }
            Thread.onSpinWait();
            shown = shown(view, columns, lines);
        }
        return shown;
    }

    /** Presses keys: characters as they are, and names as {@code <DOWN>}. Errands run at once; the answer is what the last key led to. */
    static Step press(View view, String keys) {
        Step last = new Step.Stay();
        for (String key : keys.split("(?<=>)|(?=<)|(?<=[^<A-Z_>])(?=.)")) {
            Key pressed = key.startsWith("<")
                    ? Key.of(Key.Name.valueOf(key.substring(1, key.length() - 1)))
                    : Key.of(key.charAt(0));
            last = run(view.key(pressed));
        }
        return last;
    }

    /** Runs what may wait. */
    static Step run(Step step) {
        Step now = step;
        try {
            while (now instanceof Step.Do task) {
                now = task.errand().run();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return now;
    }
}
