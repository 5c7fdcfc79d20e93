package io.sallyport.builds.spec;

/**
 * An error in a spec with its place.
 *
 * @param line from 1
 * @param column from 1
 * @param message names the culprit and what is expected
 */
public record SpecError(int line, int column, String message) {}
