package io.sallyport.builds.executor;

/**
 * What {@link Run#pack} has put into a tar.
 *
 * @param files files and links, without folders
 * @param bytes of the files
 */
public record Packed(long files, long bytes) {}
