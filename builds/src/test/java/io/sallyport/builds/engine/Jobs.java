package io.sallyport.builds.engine;

import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.plan.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jobs written in short: {@code stage/name:when?<need+need=state}. The question mark allows failure; without
 * {@code when} it is on_success, without {@code <} there are no needs, without a state it is queued; an exclamation mark
 * means that the wait for somebody or a time is over.
 */
final class Jobs {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static final Pattern JOB = Pattern.compile(
            "(?<stage>\\w+)/(?<name>\\w+)(:(?<when>\\w+))?(?<may>\\?)?(?<needs><[\\w+]*)?(=(?<state>\\w+)(?<released>!)?)?");

    private Jobs() {}

    static List<Job> read(String text) {
        return Arrays.stream(text.strip().split("\\s+")).map(Jobs::job).toList();
    }

    /** A plan of such jobs, whose states do not count; a job without a script of its own does nothing. */
    static Plan plan(String text, Map<String, String> scripts) {
        List<JobSpec> specs = read(text).stream()
                .map(job -> spec(job, scripts.getOrDefault(job.name(), "true")))
                .toList();
        return new Plan(
                Optional.empty(),
                specs.stream().map(JobSpec::stage).distinct().toList(),
                specs,
                List.of(),
                List.of(),
                Plan.AutoCancel.CONSERVATIVE);
    }

    private static JobSpec spec(Job job, String script) {
        Job.Terms terms = job.terms();
        Flow flow = new Flow(
                terms.needs()
                        .map(needs -> needs.stream()
                                .map(need -> new Flow.Need(need, true))
                                .toList()),
                Optional.empty(),
                terms.when(),
                Optional.empty(),
                terms.allowFailure() ? Flow.AllowFailure.ALWAYS : Flow.AllowFailure.NEVER,
                Flow.Retry.NEVER,
                terms.interruptible(),
                terms.resourceGroup());
        JobSpec usual = JobSpec.of(job.name(), job.stage(), Work.of(List.of(script), Duration.ofMinutes(1)));
        return with(usual, flow);
    }

    static JobSpec with(JobSpec job, Flow flow) {
        return new JobSpec(
                job.name(),
                job.stage(),
                job.work(),
                flow,
                job.artifacts(),
                job.reports(),
                job.caches(),
                job.environment(),
                job.coverage());
    }

    /** The plan with one job changed. */
    static Plan with(Plan plan, String name, UnaryOperator<JobSpec> change) {
        return new Plan(
                plan.name(),
                plan.stages(),
                plan.jobs().stream()
                        .map(job -> job.name().equals(name) ? change.apply(job) : job)
                        .toList(),
                plan.leftOut(),
                plan.notices(),
                plan.autoCancel());
    }

    private static Job job(String text) {
        Matcher job = JOB.matcher(text);
        if (!job.matches()) {
            throw new IllegalArgumentException(text);
        }
        Flow.When when = Optional.ofNullable(job.group("when"))
                .map(word -> Flow.When.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Flow.When.ON_SUCCESS);
        Optional<List<String>> needs = Optional.ofNullable(job.group("needs"))
                .map(words -> Arrays.stream(words.substring(1).split("\\+"))
                        .filter(word -> !word.isEmpty())
                        .toList());
        Job queued = Job.queued(
                job.group("name"),
                job.group("stage"),
                new Job.Terms(when, needs, job.group("may") != null, false, Optional.empty(), Optional.empty()));
        return in(queued, Optional.ofNullable(job.group("state")).orElse("queued"), job.group("released") != null);
    }

    private static Job in(Job job, String state, boolean released) {
        JobState wanted = JobState.parse(state).orElseThrow();
        return switch (wanted) {
            case QUEUED -> released ? job.manual(NOW).release(Optional.of("ann")) : job;
            case MANUAL -> job.manual(NOW);
            case DELAYED -> job.delayed(NOW);
            case RUNNING -> job.running("process", false, NOW);
            case SUCCEEDED, FAILED, CANCELED, TIMEDOUT, ERRORED ->
                job.running("process", false, NOW).ended(wanted, Optional.empty(), OptionalInt.empty(), NOW);
            case SKIPPED -> job.dropped(JobState.SKIPPED, Optional.empty(), NOW);
        };
    }
}
