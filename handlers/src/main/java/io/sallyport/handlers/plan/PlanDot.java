package io.sallyport.handlers.plan;

import io.sallyport.builds.plan.Flow;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import java.util.List;
import java.util.Locale;

/**
 * A plan as a graph for Graphviz. A job that waits for the stages before its own hangs on one point between the stages,
 * so that the edges stay as few as the jobs.
 */
public final class PlanDot {
    private PlanDot() {}

    /** The graph. */
    public static String of(Plan plan) {
        StringBuilder dot = new StringBuilder("digraph plan {\n  rankdir=LR;\n  node [shape=box];\n");
        for (int i = 0; i < plan.stages().size(); i++) {
            String stage = plan.stages().get(i);
            dot.append("  subgraph cluster_")
                    .append(i)
                    .append(" {\n    label=")
                    .append(quoted(stage))
                    .append(";\n");
            jobs(plan, stage).forEach(job -> node(job, dot));
            dot.append("  }\n");
        }
        for (int i = 0; i < plan.stages().size(); i++) {
            edges(jobs(plan, plan.stages().get(i)), i, i == plan.stages().size() - 1, dot);
        }
        return dot.append("}\n").toString();
    }

    private static List<JobSpec> jobs(Plan plan, String stage) {
        return plan.jobs().stream().filter(job -> job.stage().equals(stage)).toList();
    }

    private static void node(JobSpec job, StringBuilder dot) {
        dot.append("    ").append(quoted("job " + job.name())).append(" [label=");
        if (job.flow().when() == Flow.When.ON_SUCCESS) {
            dot.append(quoted(job.name()));
        } else {
            String when = job.flow().when().name().toLowerCase(Locale.ROOT);
            dot.append(quoted(job.name() + " (" + when + ")")).append(", style=dashed");
        }
        dot.append("];\n");
    }

    private static void edges(List<JobSpec> jobs, int stage, boolean last, StringBuilder dot) {
        for (JobSpec job : jobs) {
            String name = quoted("job " + job.name());
            if (job.flow().needs().isPresent()) {
                job.flow().needs().get().forEach(need -> edge(quoted("job " + need.job()), name, dot));
            } else if (stage > 0) {
                edge("after_" + (stage - 1), name, dot);
            }
            if (!last) {
                edge(name, "after_" + stage, dot);
            }
        }
        if (!last) {
            dot.append("  after_").append(stage).append(" [shape=point];\n");
            if (stage > 0) {
                edge("after_" + (stage - 1), "after_" + stage, dot);
            }
        }
    }

    private static void edge(String from, String to, StringBuilder dot) {
        dot.append("  ").append(from).append(" -> ").append(to).append(";\n");
    }

    /** In double quotes a backslash begins an escape that Graphviz reads itself, so it is doubled, too. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
        });
        return out.append('"').toString();
    }
}
