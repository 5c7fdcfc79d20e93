package io.sallyport.builds.blob;

/**
 * Bytes in the content store.
 *
 * @param digest of the bytes
 * @param bytes their count
 */
public record Blob(Digest digest, long bytes) {}
