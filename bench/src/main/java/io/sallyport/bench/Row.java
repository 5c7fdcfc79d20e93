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

    /** Whether there is something to hold the goal against. */
    boolean isJudged() {
        return switch (goal) {
            case Goal.None none -> false;
            case Goal.Floor floor -> true;
            case Goal.Ceiling ceiling -> true;
            case Goal.AtMost atMost -> !Double.isNaN(sshd);
            case Goal.AtLeast atLeast -> !Double.isNaN(sshd);
            case Goal.Within within -> !Double.isNaN(sshd);
        };
    }

    boolean isShort() {
        return isJudged() && !goal.holds(sshd, gateway);
    }
}
