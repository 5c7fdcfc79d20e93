package io.sallyport.builds.schedule;

import io.sallyport.builds.Build;
import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.Project;
import io.sallyport.builds.Refusal;
import io.sallyport.builds.engine.Engine;
import io.sallyport.builds.engine.Submission;
import io.sallyport.builds.engine.Submitted;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Makes the build of a schedule for one time. The same schedule and time give the same build, however often. */
final class Firing {
    private static final String PIPELINE_SOURCE = "CI_PIPELINE_SOURCE";

    private final ScheduleStore store;
    private final Engine engine;
    private final ScheduleRights rights;
    private final Function<Refusal, String> words;

    Firing(ScheduleStore store, Engine engine, ScheduleRights rights, Function<Refusal, String> words) {
        this.store = store;
        this.engine = engine;
        this.rights = rights;
        this.words = words;
    }

    Fired fire(Schedule schedule, Instant time) throws IOException, InterruptedException {
        Optional<Project> project = engine.projects().project(schedule.project());
        if (project.isEmpty()) {
            return new Fired.Skipped("the project is being removed");
        }
        Optional<Build> before = schedule.last().flatMap(last -> engine.build(last.build()));
        if (before.isPresent() && !before.get().state().ended()) {
            return new Fired.Skipped("build " + before.get().id() + " of the time before had not ended yet");
        }
        return switch (rights.submit(schedule, project.get())) {
            case ScheduleRights.Answer.Allowed allowed -> build(schedule, project.get(), allowed.trusted(), time);
            case ScheduleRights.Answer.Denied denied -> new Fired.Paused(denied.reason());
            case ScheduleRights.Answer.Unknown unknown -> new Fired.Later(unknown.reason());
        };
    }

    private Fired build(Schedule schedule, Project project, boolean trusted, Instant time) throws IOException {
        Optional<Build> base = store.base(schedule).flatMap(engine::build);
        if (base.isEmpty()) {
            return new Fired.Skipped(nothingToBuild(schedule.settings()));
        }
        return switch (engine.submitSourceOf(base.get(), submission(schedule, project, trusted, base.get(), time))) {
            case Submitted.Accepted accepted -> new Fired.Made(accepted.build().id());
            case Submitted.Refused refused -> refused(refused.refusal());
        };
    }

    /**
     * The one place that says what a scheduled build is. It is trusted only when its owner may submit to its ref, which is
     * protected, and when the build whose source it takes was trusted itself: that source has passed somebody who may.
     */
    private static Submission submission(
            Schedule schedule, Project project, boolean trusted, Build base, Instant time) {
        ScheduleSettings settings = schedule.settings();
        SortedMap<String, String> labels = new TreeMap<>();
        labels.put(Schedule.LABEL, schedule.name());
        SortedMap<String, String> variables = new TreeMap<>(settings.variables());
        variables.put(PIPELINE_SOURCE, "schedule");
        return new Submission(
                project,
                schedule.owner(),
                trusted && base.trusted(),
                new BuildRequest(
                        settings.ref(),
                        base.request().commit(),
                        labels,
                        variables,
                        settings.spec().or(() -> base.request().specFile()),
                        0,
                        Optional.of(schedule.key(time)),
                        Optional.empty()),
                older -> false);
    }

    private Fired refused(Refusal refusal) {
        return switch (refusal) {
            case Refusal.QueueFull full -> new Fired.Later(words.apply(full));
            case Refusal.Draining draining -> new Fired.Later(words.apply(draining));
            case Refusal.Drained drained -> new Fired.Later(words.apply(drained));
            case Refusal.StorageFull full -> new Fired.Later(words.apply(full));
            case Refusal.StorageFailed failed -> new Fired.Later(words.apply(failed));
            case Refusal.Stalled stalled -> new Fired.Later(words.apply(stalled));
            case Refusal.Interrupted interrupted -> new Fired.Later("the gateway went down");
            case Refusal.EmptyBody body -> new Fired.Skipped(words.apply(body));
            case Refusal.UnknownFormat format -> new Fired.Skipped(words.apply(format));
            case Refusal.BadDocument bad -> new Fired.Skipped(words.apply(bad));
            case Refusal.NotFetched not -> new Fired.Skipped(words.apply(not));
            case Refusal.OtherCommit other -> new Fired.Skipped(words.apply(other));
            case Refusal.RefForbidden forbidden -> new Fired.Skipped(words.apply(forbidden));
            case Refusal.DamagedArchive damaged -> new Fired.Skipped(words.apply(damaged));
            case Refusal.TooLarge large -> new Fired.Skipped(words.apply(large));
            case Refusal.HostileEntry entry -> new Fired.Skipped(words.apply(entry));
            case Refusal.NoSpec none -> new Fired.Skipped(words.apply(none));
            case Refusal.NoJobs none -> new Fired.Skipped(words.apply(none));
            case Refusal.BadSpec bad -> new Fired.Skipped(words.apply(bad));
            case Refusal.MissingFiles missing -> new Fired.Skipped(words.apply(missing));
            case Refusal.NoManifest none -> new Fired.Skipped(words.apply(none));
            case Refusal.NoBase none -> new Fired.Skipped(words.apply(none));
            case Refusal.SourceGone gone -> new Fired.Skipped(words.apply(gone));
            case Refusal.UnknownJob unknown -> new Fired.Skipped(words.apply(unknown));
            case Refusal.NotEnded open -> new Fired.Skipped(words.apply(open));
            case Refusal.NothingFailed none -> new Fired.Skipped(words.apply(none));
            case Refusal.NoProject none -> new Fired.Skipped(words.apply(none));
        };
    }

    private static String nothingToBuild(ScheduleSettings settings) {
        String of = settings.ref().map(ref -> " of ref " + ref).orElse(" without a ref");
        return switch (settings.from()) {
            case LATEST -> "there is nothing to build yet: no build" + of + " has been submitted";
            case LATEST_SUCCESS -> "there is nothing to build yet: no build" + of + " has succeeded";
        };
    }
}
