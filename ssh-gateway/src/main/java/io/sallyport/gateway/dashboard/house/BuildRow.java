package io.sallyport.gateway.dashboard.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A build.
 *
 * @param state one of the documented states of builds
 * @param ref may be empty, like all words of it that follow
 * @param commit as the submitter has given it
 * @param by who has submitted it
 * @param reason why it is in its state
 * @param jobs in the order of the plan; of a build that is known by its events alone, those that an event has told of
 * @param whole whether all its jobs are known
 * @param artifacts how many it has left
 */
public record BuildRow(
        long id,
        String project,
        String state,
        String ref,
        String commit,
        String by,
        String reason,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> finished,
        List<JobRow> jobs,
        boolean whole,
        int artifacts) {
    private static final int SHORT_COMMIT = 8;
    private static final int MOST_TOLD = 1000;

    /** A build as {@code GET /builds/ID} has it. */
    public static BuildRow of(JsonNode json) {
        List<JobRow> jobs = new ArrayList<>();
        json.path("jobs").forEach(job -> jobs.add(JobRow.of(job)));
        return new BuildRow(
                json.path("id").asLong(),
                json.path("project").asText(),
                json.path("state").asText(),
                json.path("ref").asText(),
                json.path("commit").asText(),
                json.path("submittedBy").asText(),
                json.path("reason").asText(),
                Json.time(json, "created").orElse(Instant.EPOCH),
                Json.time(json, "started"),
                Json.time(json, "finished"),
                List.copyOf(jobs),
                true,
                json.path("artifacts").path("count").asInt());
    }

    /** A build that an event tells of for the first time. */
    static BuildRow heardOf(JsonNode event) {
        return new BuildRow(
                event.path("build").asLong(),
                event.path("project").asText(),
                "queued",
                event.path("ref").asText(),
                event.path("commit").asText(),
                event.path("by").asText(),
                "",
                Json.time(event, "time").orElse(Instant.EPOCH),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                0);
    }

    /** The same after an event about it or one of its jobs. */
    public BuildRow after(JsonNode event) {
        Instant when = Json.time(event, "time").orElse(Instant.EPOCH);
        String now = event.path("state").asText();
        String why = event.path("reason").asText();
        return switch (event.path("type").asText()) {
            case "build.started" -> with("running", why, Optional.of(when), Optional.empty(), jobs);
            case "build.requeued" -> with("queued", why, Optional.empty(), Optional.empty(), jobs);
            case "build.canceling" -> with(state, why, started, finished, jobs);
            case "build.ended" -> with(now, why, started, Optional.of(when), jobs);
            case "job.waiting", "job.started", "job.ended" -> with(state, reason, started, finished, jobsAfter(event));
            default -> this;
        };
    }

    private BuildRow with(
            String nowState, String why, Optional<Instant> start, Optional<Instant> end, List<JobRow> nowJobs) {
        return new BuildRow(
                id, project, nowState, ref, commit, by, why, created, start, end, nowJobs, whole, artifacts);
    }

    private List<JobRow> jobsAfter(JsonNode event) {
        String name = event.path("job").asText();
        List<JobRow> now = new ArrayList<>(jobs);
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).name().equals(name)) {
                now.set(i, now.get(i).after(event));
                return List.copyOf(now);
            }
        }
        if (!whole && now.size() < MOST_TOLD) {
            now.add(new JobRow(
                            name,
                            "",
                            "queued",
                            "",
                            false,
                            1,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            "",
                            "")
                    .after(event));
        }
        return List.copyOf(now);
    }

    /** The same without its jobs, which can be many. */
    BuildRow withoutJobs() {
        return new BuildRow(
                id, project, state, ref, commit, by, reason, created, started, finished, List.of(), false, artifacts);
    }

    /** Whether it is over. */
    public boolean hasEnded() {
        return !isRunning() && !isQueued();
    }

    /** Whether it runs. */
    public boolean isRunning() {
        return state.equals("running");
    }

    /** Whether it waits for its first job to begin. */
    public boolean isQueued() {
        return state.equals("queued");
    }

    /** Its branch or tag and the beginning of its commit, as far as they are known. */
    public String source() {
        String shortCommit = commit.length() > SHORT_COMMIT ? commit.substring(0, SHORT_COMMIT) : commit;
        String branch = ref.startsWith("refs/heads/") ? ref.substring("refs/heads/".length()) : ref;
        String name = branch.startsWith("refs/tags/") ? branch.substring("refs/tags/".length()) : branch;
        return name.isEmpty() ? shortCommit : shortCommit.isEmpty() ? name : name + " " + shortCommit;
    }

    /** How long it has run, up to now or to its end; empty when it has not. */
    public Optional<Duration> ran(Instant now) {
        return started.map(start -> Duration.between(start, finished.orElse(now)));
    }

    /** Names of the jobs that run, in order. */
    public List<String> running() {
        return jobs.stream().filter(JobRow::isRunning).map(JobRow::name).toList();
    }

    /** How many of its jobs are over. */
    public int over() {
        return (int) jobs.stream().filter(JobRow::hasEnded).count();
    }
}
