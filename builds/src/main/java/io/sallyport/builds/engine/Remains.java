package io.sallyport.builds.engine;

import io.sallyport.builds.executor.Run;
import java.util.Map;

/**
 * The place where a job has failed.
 *
 * @param run of which nothing runs any more; to be closed
 * @param environment that its commands had besides the order's
 */
record Remains(Run run, Map<String, String> environment) {
    /** Frees what is held, on a thread of its own: that may take a while. */
    void discard() {
        Thread.ofVirtual().name("discarding").start(run::close);
    }
}
