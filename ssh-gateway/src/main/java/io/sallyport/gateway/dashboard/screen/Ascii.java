package io.sallyport.gateway.dashboard.screen;

/** What stands for the dashboard's own signs where there is only ASCII. */
final class Ascii {
    private static final String SIGNS = "─│┌┐└┘├┤┬┴┼·…→←↑↓●○◐✓✗▸▏▁▂▃▄▅▆▇█▶⊘–×";
    private static final String INSTEAD = "-|++++++++++.><^v*o~+x>|._-=+*##>/-x";

    private Ascii() {}

    static int of(int c) {
        int at = c > Character.MAX_VALUE ? -1 : SIGNS.indexOf(c);
        return at < 0 ? '?' : INSTEAD.charAt(at);
    }
}
