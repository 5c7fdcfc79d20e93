package io.sallyport.gateway.dashboard.view;

import java.util.stream.LongStream;

/** Numbers as a line of bars, one character each. */
final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";

    private Sparkline() {}

    /**
     * Bars from nothing to the most.
     *
     * @param values negative ones are not known, and left blank
     * @param most what the highest bar stands for at least
     */
    static String of(long[] values, long most) {
        long top = Math.max(1, Math.max(most, LongStream.of(values).max().orElse(0)));
        StringBuilder bars = new StringBuilder();
        for (long value : values) {
            int height = (int) ((value * (BARS.length() - 1) + top - 1) / top);
            bars.append(value < 0 ? ' ' : BARS.charAt(Math.min(height, BARS.length() - 1)));
        }
        return bars.toString();
    }
}
