package io.sallyport.builds.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads texts as a gateway would whose jobs run an hour, and a day at most. */
final class Specs {
    private static final SpecReader READER = new SpecReader(Duration.ofHours(1), Duration.ofDays(1));

    private Specs() {}

    static SpecResult read(byte[] text) {
        return READER.read(".sallyport.yml", text);
    }

    /** The job of a spec that must be right. */
    static JobSpec job(String text) {
        SpecResult result = read(text.getBytes(StandardCharsets.UTF_8));
        Plan plan = assertInstanceOf(SpecResult.Accepted.class, result).plan();
        assertEquals(1, plan.jobs().size());
        return plan.jobs().getFirst();
    }

    /** The errors of a spec that must be wrong, as {@code line:column message}. */
    static List<String> errors(String text) {
        return errors(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> errors(byte[] text) {
        return assertInstanceOf(SpecResult.Rejected.class, read(text)).errors().stream()
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
