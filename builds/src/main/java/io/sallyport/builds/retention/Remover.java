package io.sallyport.builds.retention;

import java.io.IOException;

/** Does what a run has decided, or only says so. */
@FunctionalInterface
interface Remover {
    /**
     * Removes something; of a log or a build its files too, when it returns.
     *
     * @return false when it is kept after all
     * @throws IOException when files cannot be removed; that is done by the next run then
     */
    boolean remove(Removal removal) throws IOException;
}
