package io.sallyport.builds.spec;

import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads specs. Whatever the text, the answer comes within a second and with bounded memory: at most 1 MiB of text,
 * nested at most 100 deep, with at most 100,000 values and 4 Mi characters when every alias is counted as what it
 * stands for. May be used from any thread.
 */
public final class SpecReader {
    /** The files that are looked for at the top of a source, the first that is there is the spec. */
    public static final List<String> FILE_NAMES = List.of(".sallyport.yml", ".sallyport.yaml");

    private final Duration usualTimeout;
    private final Duration longestTimeout;

    /**
     * A reader with bounds for the timeouts of jobs.
     *
     * @param usualTimeout of a job that has none of its own; at most the longest is given
     * @param longestTimeout that a job may have, at least one second
     */
    public SpecReader(Duration usualTimeout, Duration longestTimeout) {
        if (!usualTimeout.isPositive() || longestTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("timeouts " + usualTimeout + ", " + longestTimeout);
        }
        this.usualTimeout = usualTimeout.compareTo(longestTimeout) > 0 ? longestTimeout : usualTimeout;
        this.longestTimeout = longestTimeout;
    }

    /**
     * Reads a spec.
     *
     * @param fileName the file's name, which will tell the language; for now there is one, see {@code docs/language.md}
     * @param text the file's bytes
     */
    public SpecResult read(String fileName, byte[] text) {
        Errors errors = new Errors();
        Optional<JobSpec> job = SpecText.decode(text, errors)
                .flatMap(decoded -> YamlReader.read(decoded, errors))
                .flatMap(value -> Expected.fields("the spec", value, errors))
                .map(fields -> new JobReader(usualTimeout, longestTimeout, errors).read(fields));
        return job.isPresent() && errors.none()
                ? new SpecResult.Accepted(new Plan(
                        Optional.empty(),
                        List.of(job.get().stage()),
                        List.of(job.get()),
                        List.of(),
                        List.of(),
                        Plan.AutoCancel.CONSERVATIVE))
                : new SpecResult.Rejected(errors.all());
    }
}
