package io.sallyport.builds.log;

import io.sallyport.builds.BuildState;
import java.util.Optional;

/**
 * How far a log reaches at a moment: readers never look beyond.
 *
 * @param bytes of the log
 * @param marks of its index, which describe exactly these bytes
 * @param end how the build ended, once nothing can follow
 */
record Extent(long bytes, long marks, Optional<BuildState> end) {
    boolean ended() {
        return end.isPresent();
    }
}
