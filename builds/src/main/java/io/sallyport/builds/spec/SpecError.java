package io.sallyport.builds.spec;

/**
 * An error in a spec with its place.
 *
 * @param file it stands in, which the spec may have included
 * @param line from 1
 * @param column from 1
 * @param message names the culprit and what is expected
 */
public record SpecError(String file, int line, int column, String message) {}
