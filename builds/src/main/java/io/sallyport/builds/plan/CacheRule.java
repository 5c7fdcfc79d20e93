package io.sallyport.builds.plan;

import java.util.List;

/**
 * Files that are kept from one build to another.
 *
 * @param key under which, variables not expanded; within the project and the trust of the ref
 * @param paths relative paths, as of artifacts; variables not expanded
 * @param untracked whether all files are kept that were not in the source
 * @param policy whether it is restored, saved or both
 * @param when after which end of the script it is saved
 * @param fallbackKeys restored from when nothing is there under the key, the first that is there; variables not expanded
 */
public record CacheRule(
        String key, List<String> paths, boolean untracked, Policy policy, KeepWhen when, List<String> fallbackKeys) {
    /** Keeps the lists from changing. */
    public CacheRule {
        paths = List.copyOf(paths);
        fallbackKeys = List.copyOf(fallbackKeys);
    }

    /** Which way a cache goes. */
    public enum Policy {
        /** Restored before the script and saved after it. */
        PULL_PUSH,
        /** Restored only. */
        PULL,
        /** Saved only. */
        PUSH
    }
}
