package io.sallyport.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same thing done by several sides in turn, so that whatever else the machine does meets all of them alike.
 * The first turn of each side is for warming up and does not count. A turn can be several times the thing: with what
 * takes less than a few milliseconds, the first one after the other side's turn mostly shows whose memory is still in
 * the processor's caches.
 */
final class Rounds {
    /** What one side does in its turn. */
    interface Turn {
        /** Does it and answers the figure. */
        double take() throws IOException, InterruptedException;
    }

    /** Milliseconds that something takes. */
    interface Timed {
        /** The thing. */
        void run() throws IOException, InterruptedException;
    }

    private final Map<String, Turn> sides = new LinkedHashMap<>();

    Rounds side(String name, Turn turn) {
        sides.put(name, turn);
        return this;
    }

    /** A side whose figure is the milliseconds that it takes. */
    Rounds timed(String name, Timed thing) {
        return side(name, () -> milliseconds(thing));
    }

    /** The median of each side, each of whose turns is the thing once. */
    Medians run(int rounds) throws IOException, InterruptedException {
        return run(rounds, 1);
    }

    /** The median of each side, each of whose turns is the thing several times; each time counts for itself. */
    Medians run(int rounds, int timesInTurn) throws IOException, InterruptedException {
        Map<String, List<Double>> samples = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, Turn> side : sides.entrySet()) {
                for (int time = 0; time < timesInTurn; time++) {
                    double sample = side.getValue().take();
                    if (round > 0) {
                        samples.computeIfAbsent(side.getKey(), name -> new ArrayList<>())
                                .add(sample);
                    }
                }
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        samples.forEach((name, all) -> medians.put(name, Median.of(all)));
        return new Medians(medians);
    }

    static double milliseconds(Timed thing) throws IOException, InterruptedException {
        long from = System.nanoTime();
        thing.run();
        return (System.nanoTime() - from) / 1e6;
    }
}
