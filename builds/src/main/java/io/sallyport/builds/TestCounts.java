package io.sallyport.builds;

/**
 * What the test reports of a job say, added up.
 *
 * @param total tests that they name
 * @param failed of these, whose expectations did not hold
 * @param errors of these, that broke off
 * @param skipped of these, that were not run
 * @param seconds that they took, as the reports have it
 */
public record TestCounts(long total, long failed, long errors, long skipped, double seconds) {}
