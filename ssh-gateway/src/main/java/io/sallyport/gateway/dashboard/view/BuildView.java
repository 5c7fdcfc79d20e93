package io.sallyport.gateway.dashboard.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.gateway.dashboard.house.BuildRow;
import io.sallyport.gateway.dashboard.house.JobRow;
import io.sallyport.gateway.dashboard.house.Reply;
import io.sallyport.gateway.dashboard.log.LogName;
import io.sallyport.gateway.dashboard.log.LogPane;
import io.sallyport.gateway.dashboard.screen.Area;
import io.sallyport.gateway.dashboard.screen.Key;
import io.sallyport.gateway.dashboard.screen.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A build: what became of it, the graph of its jobs, and the end of the log of the chosen one as it comes. */
final class BuildView implements View {
    private static final int HEAD = 2;
    private static final int LEAST_LOG = 5;

    private final Seat seat;
    private final Actions actions;
    private BuildRow build;
    private Graph graph;
    private GraphPicture picture;
    private String chosen;
    private LogPane log;

    BuildView(Seat seat, BuildRow build) {
        this.seat = seat;
        this.actions = new Actions(seat, again -> open(seat, again));
        this.build = build;
        this.graph = Graph.of(build.jobs());
        this.picture = new GraphPicture(graph, build.jobs());
        this.chosen = first(build);
        this.log = pane();
    }

    /** Asks for a build and opens it. */
    static Step open(Seat seat, long id) {
        return new Step.Do(() -> switch (seat.questions().get("/builds/" + id, Map.of())) {
            case Reply.Told told -> new Step.Open(new BuildView(seat, BuildRow.of(told.body())));
            case Reply.Refused refused -> Step.refused(refused.problem());
        });
    }

    /** The job that somebody most likely wants to see. */
    private static String first(BuildRow build) {
        List<JobRow> jobs = build.jobs();
        return jobs.stream()
                .filter(JobRow::hasFailed)
                .findFirst()
                .or(() -> jobs.stream().filter(JobRow::isRunning).findFirst())
                .or(() -> jobs.stream().findFirst())
                .map(JobRow::name)
                .orElse("");
    }

    private LogPane pane() {
        LogPane pane =
                new LogPane(seat.questions(), new LogName(build.id(), chosen), seat.logCharacters(), seat.changed());
        pane.follow();
        return pane;
    }

    private void choose(String job) {
        if (!job.equals(chosen)) {
            chosen = job;
            log.close();
            log = pane();
        }
    }

    @Override
    public String title() {
        return "build " + build.id() + " of " + build.project();
    }

    @Override
    public void draw(Area area, Instant now) {
        head(area, now);
        int graphLines = Math.clamp(graph.height(), 1, Math.max(1, (area.height() - HEAD) / 2 - 1));
        picture.draw(area.part(1, HEAD + 1, area.width() - 2, graphLines), build.jobs(), chosen, now);
        int at = HEAD + 1 + graphLines + 1;
        if (area.height() - at < LEAST_LOG - 2) {
            return;
        }
        about(area, at, now);
        log.draw(area.below(at + 1));
    }

    private void head(Area area, Instant now) {
        Sign sign = Sign.of(build.state());
        int at = area.put(1, 0, sign.glyph() + " " + build.state(), sign.tone()) + 2;
        at = area.put(at, 0, build.ran(now).map(Words::of).orElse(""), Tone.STRONG) + 2;
        at = area.put(at, 0, build.source(), Tone.PLAIN) + 2;
        String by = "by " + build.by() + ", " + Words.ago(build.created(), now);
        at = area.put(at, 0, by, Tone.QUIET) + 2;
        if (build.artifacts() > 0) {
            area.put(at, 0, Words.count(build.artifacts(), "artifact"), Tone.PLAIN);
        }
        area.fit(1, 1, area.width() - 2, build.reason(), build.hasEnded() ? sign.tone() : Tone.WAITING);
    }

    /** A line between graph and log: the chosen job in words. */
    private void about(Area area, int line, Instant now) {
        Optional<JobRow> on = job(chosen);
        String words = on.map(job -> words(job, now)).orElse("");
        String heading = chosen.isEmpty() ? "no jobs" : chosen;
        int name = Area.length(heading, area.width() / 2);
        area.fit(1, line, name, heading, Tone.HEADING);
        area.fit(name + 2, line, area.width() - name - 3, words, Tone.PLAIN);
    }

    private String words(JobRow job, Instant now) {
        List<String> words = new ArrayList<>();
        words.add(job.state()
                + (job.allowFailure() && job.hasEnded() && !job.state().equals("succeeded") ? ", allowed" : ""));
        if (job.attempt() > 1) {
            words.add("attempt " + job.attempt());
        }
        job.started()
                .ifPresent(start -> words.add(
                        Words.of(Duration.between(start, job.finished().orElse(now)))));
        List.of(job.reason(), job.findings()).stream()
                .filter(text -> !text.isEmpty())
                .forEach(words::add);
        List<String> needs = graph.before().getOrDefault(job.name(), List.of());
        if (!needs.isEmpty()) {
            words.add("after " + String.join(", ", needs));
        }
        return "· " + String.join(" · ", words);
    }

    private Optional<JobRow> job(String name) {
        return build.jobs().stream().filter(job -> job.name().equals(name)).findFirst();
    }

    @Override
    public Step heard(JsonNode event) {
        if (event.path("build").asLong() != build.id()) {
            return new Step.Stay();
        }
        build = build.after(event);
        // What it has left, and what its reports have told, is not in the event.
        return event.path("type").asText().equals("build.ended") ? new Step.Do(this::reread) : new Step.Stay();
    }

    private Step reread() throws InterruptedException {
        return switch (seat.questions().get("/builds/" + build.id(), Map.of())) {
            case Reply.Told told -> {
                BuildRow now = BuildRow.of(told.body());
                yield new Step.Then(() -> build = now);
            }
            case Reply.Refused refused -> Step.refused(refused.problem());
        };
    }

    @Override
    public Step key(Key key) {
        if (key.name() == Key.Name.ENTER && !chosen.isEmpty()) {
            return logOf(chosen);
        }
        if (key.is('l')) {
            return logOf("");
        }
        if (key.is('f')) {
            return failure();
        }
        if (key.is('!') && !chosen.isEmpty()) {
            return new Step.Enter(build.id(), chosen);
        }
        if (arrow(key)) {
            return new Step.Stay();
        }
        String waits = job(chosen).filter(JobRow::waitsForSomebody).isPresent() ? chosen : "";
        return actions.key(key, build.id(), waits);
    }

    private boolean arrow(Key key) {
        if (graph.layers().isEmpty()) {
            return false;
        }
        switch (key.name()) {
            case UP -> choose(graph.moved(chosen, 0, -1));
            case DOWN -> choose(graph.moved(chosen, 0, 1));
            case LEFT, BACK_TAB -> choose(graph.moved(chosen, -1, 0));
            case RIGHT, TAB -> choose(graph.moved(chosen, 1, 0));
            case HOME -> choose(graph.layers().getFirst().getFirst());
            case END -> choose(graph.layers().getLast().getLast());
            default -> {
                return false;
            }
        }
        return true;
    }

    private Step logOf(String job) {
        LogView view = new LogView(seat, () -> build, job);
        view.follow();
        return new Step.Open(view);
    }

    private Step failure() {
        Optional<JobRow> failed =
                build.jobs().stream().filter(JobRow::hasFailed).findFirst();
        if (failed.isEmpty()) {
            return new Step.Say("no job has failed", Tone.GOOD);
        }
        choose(failed.get().name());
        return new Step.Do(() -> {
            LogView view = new LogView(seat, () -> build, failed.get().name());
            view.seekFailure();
            return new Step.Open(view);
        });
    }

    /** What is of no use for the build or the job as it is now comes last: the last line has not room for all. */
    @Override
    public List<Hint> hints() {
        List<Hint> all = new ArrayList<>(List.of(new Hint("←→↑↓", "choose a job"), new Hint("Enter", "its log")));
        List<Hint> unfit = new ArrayList<>();
        Optional<JobRow> job = job(chosen);
        for (Hint hint : actions.hints()) {
            boolean fits = switch (hint.key()) {
                case "c" -> !build.hasEnded();
                case "r" -> build.hasEnded();
                default -> job.map(JobRow::waitsForSomebody).orElse(false);
            };
            (fits ? all : unfit).add(hint);
        }
        if (seat.who().builds()
                && job.map(on -> on.isRunning() || on.hasFailed()).orElse(false)) {
            all.add(new Hint("!", "shell"));
        }
        all.addAll(List.of(new Hint("l", "whole log"), new Hint("f", "failure")));
        all.addAll(unfit);
        return all;
    }

    @Override
    public void close() {
        log.close();
    }
}
