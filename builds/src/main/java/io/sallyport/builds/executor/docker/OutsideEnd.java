package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.Exit;
import java.util.Optional;

/**
 * The end of a container that its shell has not told of.
 *
 * @param state of it now
 * @param engineAway whether its engine was seen to be away meanwhile
 * @param why in the words of {@link Lodging#whyEnded}
 */
record OutsideEnd(Container.State state, boolean engineAway, Optional<String> why) {
    /** What is told of it. An engine that has not seen an end says that it was with 0, as that of a script that succeeds. */
    Exit.Lost exit() {
        String code = state.code() > 0 ? ", with " + state.code() : "";
        String error = state.error().isEmpty() ? "" : ": " + state.error();
        if (why.isPresent()) {
            return new Exit.Lost("the container was ended from outside: " + why.get() + error);
        }
        if (engineAway) {
            return new Exit.Lost("the container has ended while its engine was down" + code + error);
        }
        return new Exit.Lost("the container was ended from outside"
                + (code.isEmpty() ? "; its engine may have ended, or been restarted" : code) + error);
    }
}
