package io.sallyport.bench;

import java.util.List;

/** The middle of what was measured. */
final class Median {
    private Median() {}

    /** The median; of an even count the mean of the two in the middle. */
    static double of(List<Double> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        List<Double> sorted = samples.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
