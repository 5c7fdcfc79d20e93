package io.sallyport.builds.engine;

import io.sallyport.builds.executor.Commands;
import io.sallyport.builds.executor.Exit;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.executor.Run;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A job's {@code after_script}: in a shell of its own, when the script has succeeded, failed or been canceled, before
 * anything is kept. Not when it ran too long, or the place where it ran has failed it (GitLab's CI/CD YAML syntax
 * reference, {@code after_script}). It has a time of its own, and whatever becomes of it changes nothing.
 */
final class AfterScript {
    private final Commands commands;
    private final Duration longest;
    private final Duration grace;
    private final JobOutput output;

    /** Commands with the longest time that they may take, and that between asking them to end and ending them. */
    AfterScript(Commands commands, Duration longest, Duration grace, JobOutput output) {
        this.commands = commands;
        this.longest = longest;
        this.grace = grace;
        this.output = output;
    }

    /**
     * Runs it to its end where it is to run.
     *
     * @param exit how the script has ended
     * @param stop may be raised already, and may be raised meanwhile
     */
    void run(Run run, Exit exit, StopSignal stop, ScheduledExecutorService timer)
            throws IOException, InterruptedException {
        String status = status(exit, stop);
        if (commands.lines().isEmpty() || status.isEmpty()) {
            return;
        }
        output.system("after_script");
        try {
            Map<String, String> environment = new LinkedHashMap<>(commands.environment());
            environment.put("CI_JOB_STATUS", status);
            run.start(new Commands(commands.lines(), environment), output);
            ScheduledFuture<?> timeout =
                    timer.schedule(() -> run.stop(grace), longest.toMillis(), TimeUnit.MILLISECONDS);
            try {
                tell(run.await(), !timeout.cancel(false));
            } finally {
                timeout.cancel(false);
            }
        } catch (IOException e) {
            output.system("WARNING: after_script could not run: " + e.getMessage());
        }
    }

    /** As GitLab names it; empty where nothing is to run. */
    private static String status(Exit exit, StopSignal stop) {
        boolean canceled = stop.raised().orElse(null) instanceof StopSignal.Canceled;
        return switch (exit) {
            case Exit.Code code when code.code() == 0 -> canceled || !stop.abandoned() ? "success" : "";
            case Exit.Code code -> canceled ? "canceled" : stop.raised().isEmpty() ? "failed" : "";
            case Exit.Stopped stopped -> canceled ? "canceled" : "";
            case Exit.Lost lost -> "";
        };
    }

    private void tell(Exit exit, boolean tooLong) throws IOException {
        switch (exit) {
            case Exit.Code code when code.code() == 0 -> {}
            case Exit.Code code ->
                output.system("WARNING: after_script ended with " + code.code() + ", which changes nothing");
            case Exit.Stopped stopped ->
                output.system("WARNING: after_script was ended"
                        + (tooLong ? ", as it ran longer than " + longest.toSeconds() + " s" : ""));
            case Exit.Lost lost -> output.system("WARNING: after_script was lost: " + lost.reason());
        }
    }
}
