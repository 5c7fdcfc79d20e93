package io.sallyport.builds.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An archive read entry by entry, for one thread. It checks its own form; whether an entry is welcome it does not ask. */
sealed interface RawArchive extends AutoCloseable permits TarReader, ZipReader, ManifestReader, TreeArchive {
    /**
     * The next entry; what was not read of the body before is passed over, and checked where the format has a check.
     *
     * @return null after the last entry, when the archive is known to be whole
     * @throws Unacceptable when the archive is damaged, or holds what no source may
     * @throws IOException when its bytes cannot be read
     */
    @Nullable
    RawEntry next() throws IOException;

    /** The bytes of the entry that {@link #next} returned last, up to its size. The same stream for repeated calls. */
    InputStream body() throws IOException;

    /** The commit that {@code git archive} names in its archives; known after the first entry. */
    Optional<String> gitCommit();

    /** Frees what reading needs. Not the bytes' own stream or file. */
    @Override
    void close() throws IOException;
}
