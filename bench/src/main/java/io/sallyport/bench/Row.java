package io.sallyport.bench;

/**
 * A line of the table.
 *
 * @param what was measured
 * @param unit of both figures
 * @param sshd the other side's figure, NaN when there is none
 * @param gateway the gateway's
 * @param goal from the issue
 */
record Row(String what, String unit, double sshd, double gateway, Goal goal) {
    double ratio() {
        return gateway / sshd;
    }

    boolean isShort() {
        return !Double.isNaN(sshd) && !goal.holds(sshd, gateway);
    }
}
