package io.sallyport.builds.secret;

/**
 * What bounds the secrets of a project.
 *
 * @param count how many
 * @param bytes of one value
 * @param allBytes of all values together
 */
public record SecretLimits(int count, int bytes, long allBytes) {}
