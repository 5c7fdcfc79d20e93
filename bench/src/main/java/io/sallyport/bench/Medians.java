package io.sallyport.bench;

import java.util.Map;

/** The median of each side, and the rows of the table that they make. */
record Medians(Map<String, Double> sides) {
    /** The name of OpenSSH's side. */
    static final String SSHD = "sshd";

    /** The name of the gateway's side. */
    static final String GATEWAY = "gateway";

    /** The median of a side that was there. */
    double of(String side) {
        Double median = sides.get(side);
        if (median == null) {
            throw new IllegalArgumentException("no side " + side);
        }
        return median;
    }

    /** The gateway next to sshd. */
    Row row(String what, String unit, Goal goal) {
        return new Row(what, unit, of(SSHD), of(GATEWAY), goal);
    }

    /** The gateway next to another side, in MiB/s: the medians are the milliseconds that so many MiB take. */
    Row rate(String what, double mebibytes, String other, Goal goal) {
        return new Row(what, "MiB/s", 1000 * mebibytes / of(other), 1000 * mebibytes / of(GATEWAY), goal);
    }
}
