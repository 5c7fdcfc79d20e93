package io.sallyport.handlers.plan;

import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.spec.SpecResult;
import io.sallyport.handlers.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A plan as people read it: its jobs stage by stage, what each waits for, and why it is there. */
public final class PlanText {
    private static final int MOST_NAMES = 4;
    private static final int WIDEST = 60;

    private PlanText() {}

    /** The plan of that file. */
    public static String of(String file, SpecResult.Accepted accepted) {
        Plan plan = accepted.plan();
        StringBuilder text = new StringBuilder(Plain.safe(file))
                .append(": ")
                .append(count(plan.jobs().size(), "job"));
        text.append(plan.jobs().isEmpty() ? "" : " in " + count(plan.stages().size(), "stage"));
        plan.name().ifPresent(name -> text.append(", ").append(Plain.safe(name)));
        text.append('\n');
        for (String stage : plan.stages()) {
            text.append('\n').append(Plain.safe(stage)).append('\n');
            indented(
                    plan.jobs().stream()
                            .filter(job -> job.stage().equals(stage))
                            .map(job -> row(job, accepted))
                            .toList(),
                    text);
        }
        section(
                "left out",
                plan.leftOut().stream()
                        .map(out -> List.of(cell(out.job()), Plain.safe(out.why())))
                        .toList(),
                text);
        section("notices", plan.notices().stream().map(PlanText::notice).toList(), text);
        return text.toString();
    }

    private static void section(String heading, List<List<String>> rows, StringBuilder text) {
        if (!rows.isEmpty()) {
            text.append('\n').append(heading).append('\n');
            indented(rows, text);
        }
    }

    private static void indented(List<List<String>> rows, StringBuilder text) {
        text.append(Plain.table(rows).indent(2));
    }

    private static List<String> row(JobSpec job, SpecResult.Accepted accepted) {
        return List.of(
                cell(job.name()),
                marks(job),
                Plain.safe(accepted.ruling(job.name()).orElse("")));
    }

    private static String marks(JobSpec job) {
        List<String> marks = new ArrayList<>();
        Flow flow = job.flow();
        flow.needs().ifPresent(needs -> marks.add(needs.isEmpty() ? "at once" : "after " + names(needs)));
        if (flow.when() != Flow.When.ON_SUCCESS) {
            marks.add(flow.when().name().toLowerCase(Locale.ROOT)
                    + flow.delay().map(delay -> " " + delay.toSeconds() + "s").orElse(""));
        }
        if (flow.allowFailure().any() || !flow.allowFailure().exitCodes().isEmpty()) {
            marks.add("may fail");
        }
        return String.join("; ", marks);
    }

    private static String names(List<Flow.Need> needs) {
        String first =
                needs.stream().limit(MOST_NAMES).map(need -> cell(need.job())).collect(Collectors.joining(", "));
        return needs.size() <= MOST_NAMES ? first : first + " and " + (needs.size() - MOST_NAMES) + " more";
    }

    private static List<String> notice(Plan.Notice notice) {
        return List.of(
                Plain.safe(notice.file()) + ":" + notice.line() + ":" + notice.column(),
                notice.job().map(job -> cell(job) + ": ").orElse("") + Plain.safe(notice.text()));
    }

    private static String cell(String name) {
        String safe = Plain.safe(name);
        return safe.length() <= WIDEST ? safe : safe.substring(0, WIDEST - 1) + "…";
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
