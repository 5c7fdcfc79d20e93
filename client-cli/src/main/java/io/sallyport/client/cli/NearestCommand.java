package io.sallyport.client.cli;

import java.util.Comparator;
import java.util.Optional;

/** The command that somebody most likely meant by a word that is none. */
final class NearestCommand {
    private static final int LONGEST = 20;

    private NearestCommand() {}

    /** By letters left out, put in, replaced or swapped with their neighbour: a third of them, as the gateway has it. */
    static Optional<String> to(String word) {
        return word.length() > LONGEST
                ? Optional.empty()
                : Sally.COMMANDS.stream()
                        .filter(command -> distance(word, command) <= tolerance(word, command))
                        .min(Comparator.comparingInt((String command) -> distance(word, command))
                                .thenComparing(Comparator.naturalOrder()));
    }

    private static int tolerance(String word, String command) {
        int longer = Math.max(word.length(), command.length());
        return Math.min((longer + 1) / 3, longer - 1);
    }

    /** The optimal string alignment distance. */
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : step(a, i, b, j, steps);
            }
        }
        return steps[a.length()][b.length()];
    }

    private static int step(String a, int i, String b, int j, int[][] steps) {
        int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, 1 + steps[i - 2][j - 2]) : least;
    }
}
