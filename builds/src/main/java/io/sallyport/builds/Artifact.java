package io.sallyport.builds;

import io.sallyport.builds.blob.Blob;

/**
 * A file that a job has left.
 *
 * @param path relative, with {@code /} between names
 * @param blob its bytes
 * @param job that left it
 * @param executable whether its owner may execute it
 */
public record Artifact(String path, Blob blob, String job, boolean executable) {}
