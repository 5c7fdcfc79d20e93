package io.sallyport.builds.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sallyport.builds.BuildRequest;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import io.sallyport.builds.spec.files.SourceFiles;
import io.sallyport.builds.variable.PredefinedVariables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads texts as a gateway would whose jobs run an hour, and a day at most. */
final class Specs {
    static final PlanContext.Bounds BOUNDS = new PlanContext.Bounds(Duration.ofHours(1), Duration.ofDays(1), 1000);

    private Specs() {}

    /** A build of the project {@code group/web} that somebody submits. */
    static PlanContext context(Optional<String> ref, Map<String, String> given, SourceFiles files) {
        BuildRequest request = new BuildRequest(
                ref,
                Optional.empty(),
                Collections.emptySortedMap(),
                new TreeMap<>(given),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new PlanContext(
                PredefinedVariables.ofSubmission("group/web", "main", request, false), given, files, BOUNDS);
    }

    static SpecResult read(String file, byte[] text) {
        return read(file, text, context(Optional.empty(), Map.of(), SourceFiles.unknown()));
    }

    static SpecResult read(String file, byte[] text, PlanContext context) {
        try {
            return SpecReader.read(file, text, context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SpecResult read(byte[] text) {
        return read(".sallyport.yml", text);
    }

    /** The job of a spec that must be right. */
    static JobSpec job(String text) {
        Plan plan = plan(".sallyport.yml", text);
        assertEquals(1, plan.jobs().size());
        return plan.jobs().getFirst();
    }

    /** The plan of a spec that must be right. */
    static Plan plan(String file, String text) {
        SpecResult result = read(file, text.getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(SpecResult.Accepted.class, result, result::toString)
                .plan();
    }

    /** The errors of a spec that must be wrong, as {@code line:column message}. */
    static List<String> errors(String text) {
        return errors(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> errors(byte[] text) {
        return errors(".sallyport.yml", text);
    }

    static List<String> errors(String file, byte[] text) {
        return assertInstanceOf(SpecResult.Rejected.class, read(file, text)).errors().stream()
                .map(error -> error.line() + ":" + error.column() + " " + error.message())
                .toList();
    }

    /** The values of a job's variables as written. */
    static Map<String, String> values(JobSpec job) {
        return job.work().variables().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, variable -> variable.getValue().value()));
    }
}
