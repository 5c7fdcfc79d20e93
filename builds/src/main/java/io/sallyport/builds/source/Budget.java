package io.sallyport.builds.source;

/**
 * What is left of the limits while a source is read. Whatever costs time or space counts: besides files also the
 * headers, the padding and the folders that an archive does not name but its paths imply.
 */
final class Budget {
    private final SourceLimits limits;
    private long unpacked;
    private long headers;

    Budget(SourceLimits limits) {
        this.limits = limits;
    }

    /** Counts a header that names an entry, also one that names a folder again. */
    void header() throws Unacceptable {
        headers++;
        entries(headers);
    }

    /** Checks the count of different paths. */
    void entries(long count) throws Unacceptable {
        if (count > limits.entries()) {
            throw Unacceptable.tooLarge("entries", limits.entries());
        }
    }

    /** Counts bytes that an archive holds when it is unpacked. */
    void unpacked(long bytes) throws Unacceptable {
        if (bytes > limits.unpackedBytes() - unpacked) {
            throw Unacceptable.tooLarge("unpacked bytes", limits.unpackedBytes());
        }
        unpacked += bytes;
    }

    /** Checks how many folders a path has. */
    void depth(int folders) throws Unacceptable {
        if (folders > limits.depth()) {
            throw Unacceptable.tooLarge("depth", limits.depth());
        }
    }
}
