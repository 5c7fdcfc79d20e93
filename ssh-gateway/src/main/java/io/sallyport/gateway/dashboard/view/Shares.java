package io.sallyport.gateway.dashboard.view;

/** Lines of a screen, shared between lists of which each wants some. */
final class Shares {
    private Shares() {}

    /** So many for each: what it wants, or an equal part and what the others leave. */
    static int[] of(int lines, int... wanted) {
        int[] given = new int[wanted.length];
        int left = Math.max(0, lines);
        boolean more = true;
        while (left > 0 && more) {
            more = false;
            for (int i = 0; i < wanted.length && left > 0; i++) {
                if (given[i] < wanted[i]) {
                    given[i]++;
                    left--;
                    more = true;
                }
            }
        }
        return given;
    }
}
