package io.sallyport.builds.plan;

import java.util.List;

/**
 * Files that a job leaves to be read by the gateway.
 *
 * @param junit patterns of test results in JUnit's XML
 * @param dotenv patterns of files with variables for later jobs, a line {@code NAME=value} each
 */
public record Reports(List<String> junit, List<String> dotenv) {
    /** None. */
    public static final Reports NONE = new Reports(List.of(), List.of());

    /** Keeps the lists from changing. */
    public Reports {
        junit = List.copyOf(junit);
        dotenv = List.copyOf(dotenv);
    }
}
