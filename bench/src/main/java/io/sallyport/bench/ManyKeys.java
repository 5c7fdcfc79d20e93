package io.sallyport.bench;

import java.io.IOException;
import java.util.List;

/**
 * Log-in where very many may log in, beside log-in where ten may: two gateways in turn, each with other keys each time,
 * so that nothing is looked up twice in a row. What a key costs while nobody uses it: heap, and time at the start.
 */
final class ManyKeys implements Measure {
    private static final int FEW = 10;
    private static final int KEYS_OF_EACH = 10;
    private static final int IN_A_ROW = 5;
    private static final String OF_FEW = "few";
    private static final String OF_MANY = "many";

    @Override
    public List<Row> measure(Contest contest) throws IOException, InterruptedException {
        Effort effort = contest.effort();
        int identities = effort.identities();
        try (House few = House.of(contest, OF_FEW, FEW, 1);
                House many = House.of(contest, OF_MANY, identities, KEYS_OF_EACH)) {
            Medians starts = new Rounds()
                    .side(OF_FEW, few::startAgain)
                    .side(OF_MANY, many::startAgain)
                    .run(5);
            for (int i = 0; i < effort.warmUp(); i++) {
                few.logIn();
                many.logIn();
            }
            Medians logIns = new Rounds()
                    .timed(OF_FEW, few::logIn)
                    .timed(OF_MANY, many::logIn)
                    .run(4 * effort.connections(), IN_A_ROW);
            int more = identities * KEYS_OF_EACH - FEW;
            double heap = (Heap.inUse(many.pid()) - Heap.inUse(few.pid())) / (double) more;
            String what = "%d keys of %d (instead of sshd: the gateway with ten)"
                    .formatted(identities * KEYS_OF_EACH, identities);
            return List.of(
                    row("log-in + whoami among " + what, logIns, new Goal.AtMost(1.1)),
                    row("processor time until it listens, " + what, starts, Goal.NONE),
                    new Row("heap in use for a key, its identity included", "bytes", Double.NaN, heap, Goal.NONE));
        }
    }

    private static Row row(String what, Medians medians, Goal goal) {
        return new Row(what, "ms", medians.of(OF_FEW), medians.of(OF_MANY), goal);
    }
}
