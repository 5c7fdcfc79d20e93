package io.sallyport.builds.spec.keyword;

import java.util.List;
import java.util.Map;

/**
 * How many jobs one is, see {@code parallel}.
 *
 * @param count of them, when they differ by nothing but their number; 0 for a single job
 * @param variables of each of a matrix; empty when there is none
 */
public record Parallel(int count, List<Map<String, String>> variables) {
    /** A single job. */
    public static final Parallel SINGLE = new Parallel(0, List.of());

    /** Keeps the list from changing. */
    public Parallel {
        variables = List.copyOf(variables);
    }
}
