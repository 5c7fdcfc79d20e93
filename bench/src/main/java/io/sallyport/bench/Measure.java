package io.sallyport.bench;

import java.io.IOException;
import java.util.List;

/** One thing that both sides do. */
interface Measure {
    /**
     * Lets both do it, in turn and again and again.
     *
     * @throws IOException when a side does not do it
     */
    List<Row> measure(Contest contest) throws IOException, InterruptedException;
}
