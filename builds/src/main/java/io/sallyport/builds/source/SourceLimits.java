package io.sallyport.builds.source;

/**
 * What a source may measure. Reaching a bound refuses the whole source.
 *
 * @param bytes of the body as received
 * @param unpackedBytes sum of all file sizes, and of the extended headers and the padding of a tar
 * @param entries files, folders and links, those folders counted too that only paths imply
 * @param depth folders in a path
 */
public record SourceLimits(long bytes, long unpackedBytes, long entries, int depth) {}
