package io.sallyport.builds.source;

/**
 * A build specification as it stands in a source.
 *
 * @param name of the file, at the root of the source
 * @param bytes its first {@value #MOST_BYTES} bytes; as many as that mean that it is larger than a spec may be
 */
@SuppressWarnings("ArrayRecordComponent") // bytes as read, not to be compared
public record SpecFile(String name, byte[] bytes) {
    /** One byte more than the largest spec has: 1 MiB. */
    public static final int MOST_BYTES = (1 << 20) + 1;
}
