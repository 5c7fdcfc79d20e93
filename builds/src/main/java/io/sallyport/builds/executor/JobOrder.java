package io.sallyport.builds.executor;

import io.sallyport.builds.plan.CacheRule;
import io.sallyport.builds.plan.JobSpec;
import io.sallyport.builds.source.Source;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * All an executor needs to make a place for one job.
 *
 * @param build the build's number
 * @param project the project's name
 * @param attempt from 1
 * @param source to be unpacked into the workspace
 * @param job what is to run, for its image, its services and the kind of files that it keeps; commands come with
 *     {@link Run#start}
 * @param environment of all its commands: predefined variables, then the job's own. Where jobs are containers it may
 *     stand in their description, so what is secret belongs into {@link Commands#environment} or {@code files}
 * @param files small files by the names of variables: the commands find the variable with the path of a file of this
 *     content, which only they can read. It lies outside the workspace, in memory where the executor can, is in no
 *     artifact and no cache, and is gone with the run. Not to be changed any more
 */
public record JobOrder(
        long build,
        String project,
        int attempt,
        Source source,
        JobSpec job,
        Map<String, String> environment,
        Map<String, byte[]> files) {
    /** The most bytes of all files together. */
    public static final int FILE_BYTES = 1 << 20;

    /** Of a job's name in a file's. */
    private static final int LONGEST_WORD = 64;

    /** The most files. */
    public static final int FILES = 100;

    /** Keeps the collections from changing. */
    public JobOrder {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /** A name that no other run has, made of letters, digits, dots and dashes only. */
    public String runName() {
        return runName(build, job.name(), attempt);
    }

    /** That of an attempt at a job of a build; jobs whose names differ in other characters alone are told apart. */
    public static String runName(long build, String job, int attempt) {
        String plain = job.replaceAll("[^A-Za-z0-9]", "-");
        String name = plain.equals(job) && job.length() <= LONGEST_WORD
                ? job
                : plain.substring(0, Math.min(plain.length(), LONGEST_WORD))
                        + String.format(Locale.ROOT, "-%08x", job.hashCode());
        return build + "-" + name + "-" + attempt;
    }

    /** Whether the job keeps files for not being in its source, so that these have to be remembered. */
    public boolean keepsUntracked() {
        return job.artifacts().untracked() || job.caches().stream().anyMatch(CacheRule::untracked);
    }

    /**
     * Refuses what no job can be given.
     *
     * @throws IOException when a variable has a NUL character, or there are more or larger files than may be
     */
    public void check() throws IOException {
        checkEnvironment(environment);
        long bytes = files.values().stream().mapToLong(file -> file.length).sum();
        if (bytes > FILE_BYTES || files.size() > FILES) {
            throw new IOException("more than " + FILES + " files for variables, or more than " + FILE_BYTES + " bytes");
        }
    }

    static void checkEnvironment(Map<String, String> environment) throws IOException {
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (variable.getValue().indexOf('\0') >= 0) {
                throw new IOException("the variable " + variable.getKey() + " has a NUL character");
            }
        }
    }
}
