package io.sallyport.builds.engine;

import io.sallyport.builds.Job;
import io.sallyport.builds.JobState;
import io.sallyport.builds.executor.Executor;
import io.sallyport.builds.executor.JobOutput;
import io.sallyport.builds.plan.Work;
import io.sallyport.builds.secret.JobSecrets;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the gateway itself says of an attempt in the log of its build.
 *
 * @param output of the job, as it gets into the log
 */
record JobWords(Job record, Work work, JobOutput output) {
    /** How the log says that an attempt begins; by this line it is found again. */
    static String beginning(Job record, String executor) {
        int attempt = record.course().attempt();
        return "job " + record.name() + (attempt > 1 ? ", attempt " + attempt : "") + " on " + executor;
    }

    /** That it begins, and what of its spec means nothing there. */
    void begin(Executor executor) throws IOException {
        String isolation = executor.isolation().kind();
        output.system(
                beginning(record, executor.name()) + (isolation.equals(executor.name()) ? "" : " (" + isolation + ")"));
        for (String notice : executor.isolation().notices()) {
            output.system("NOTICE: " + notice);
        }
        if (!executor.usesImages()) {
            withoutImages();
        }
    }

    private void withoutImages() throws IOException {
        if (work.image().isPresent()) {
            output.system("NOTICE: image " + work.image().get().name()
                    + " is not used here, the job runs on the gateway's own system");
        }
        if (!work.services().isEmpty()) {
            output.system("NOTICE: services are not started here: "
                    + work.services().stream()
                            .map(service -> service.image().name())
                            .collect(Collectors.joining(", ")));
        }
    }

    void withheld(JobSecrets.Withheld secret) throws IOException {
        String why = switch (secret) {
            case JobSecrets.Withheld.Protected closed -> "it is protected, and this build is not trusted";
            case JobSecrets.Withheld.Overridden other -> "the submission has a variable of that name";
        };
        output.system("NOTICE: secret " + secret.name() + " is not given: " + why);
    }

    /**
     * How it has ended.
     *
     * @param shutdown whether it was to end because the gateway goes down
     */
    void end(Verdict verdict, boolean shutdown, Duration time, Optional<String> node) throws IOException {
        String became = shutdown && verdict.state() == JobState.ERRORED
                ? "stopped"
                : verdict.state().label();
        output.system("job " + record.name() + " " + became
                + verdict.reason().map(reason -> ": " + reason).orElse("") + " (" + Elapsed.text(time)
                + node.map(name -> ", on " + name).orElse("") + ")");
    }
}
