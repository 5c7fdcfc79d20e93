package io.sallyport.builds.engine;

import io.sallyport.builds.executor.Run;

/** A run as long as its job needs it: closed in the end, unless somebody else has taken it over. For one thread. */
final class Tenancy implements AutoCloseable {
    private final Run run;
    private boolean handedOver;

    Tenancy(Run run) {
        this.run = run;
    }

    Run run() {
        return run;
    }

    /** Whoever takes the answer closes it. */
    Run handOver() {
        handedOver = true;
        return run;
    }

    @Override
    public void close() {
        if (!handedOver) {
            run.close();
        }
    }
}
