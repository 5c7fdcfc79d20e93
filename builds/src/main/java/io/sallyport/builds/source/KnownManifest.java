package io.sallyport.builds.source;

import io.sallyport.builds.Refusal;
import io.sallyport.builds.blob.Blob;
import java.io.IOException;

/** What became of a manifest that was sent before its submission. */
public sealed interface KnownManifest {
    /** It is not kept. */
    record Refused(Refusal refusal) implements KnownManifest {}

    /**
     * It is on the disk, and a submission may name it.
     *
     * @param manifest its bytes
     * @param missing what the project lacks of it, looked for when it is asked
     */
    record Kept(Blob manifest, Look missing) implements KnownManifest {}

    /** Looks for what a project lacks. */
    @FunctionalInterface
    interface Look {
        /** Begins to look; what it gives is to be closed. */
        MissingFiles open() throws IOException;
    }
}
