package io.sallyport.client;

import java.util.Collection;
import java.util.Optional;

/**
 * A source that the gateway may have most of. As a body it is a manifest with those files that the gateway is likely to
 * lack; the gateway refuses it when it lacks others. It can be written as often as needed.
 */
public interface KnownSource extends Body {
    @Override
    default boolean repeatable() {
        return true;
    }

    /** Whether the guess is worth a try; else the gateway is asked first. */
    boolean guessed();

    /**
     * What has changed since a manifest that the gateway has, with those files: the same source in fewer bytes, while the
     * gateway has that. Empty when it is sent as a whole.
     */
    Optional<Body> changes();

    /** The manifest alone. */
    Body manifest();

    /** The name of the manifest, for a gateway that has kept it. */
    Body named();

    /** Those of the digests that are of files of this source. */
    Collection<String> known(Collection<String> digests);

    /** The manifest with these files. */
    Body with(Collection<String> digests);

    /** All of it as an archive, for a gateway that knows no manifests. */
    Body whole();

    /**
     * Told that the gateway has accepted it, and so has all its files.
     *
     * @param manifest the SHA-256 by which it knows them, 64 hexadecimal digits
     */
    void accepted(String manifest);
}
