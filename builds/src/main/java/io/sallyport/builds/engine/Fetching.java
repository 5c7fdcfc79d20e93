package io.sallyport.builds.engine;

import java.util.Optional;

/** Asked of a submitter while their source is fetched, or made of what they sent. On the submission's thread. */
public interface Fetching {
    /** Of submissions whose source comes whole. */
    Fetching NONE = new Fetching() {
        @Override
        public Optional<String> ref(String full) {
            return Optional.empty();
        }

        @Override
        public boolean more(long bytes) {
            return false;
        }
    };

    /**
     * The name that records have for a branch or tag that only the repository tells.
     *
     * @param full its full name there
     * @return empty when they may not submit builds of it
     */
    Optional<String> ref(String full);

    /** Whether more may come after these bytes, or these be made. */
    boolean more(long bytes);
}
