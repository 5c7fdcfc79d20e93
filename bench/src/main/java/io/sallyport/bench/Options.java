package io.sallyport.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of the command line.
 *
 * @param effort how much is measured
 * @param parent where the folder with all files of the run is made
 * @param only the names of the measures, all when empty
 */
record Options(Effort effort, Path parent, List<String> only) {
    /** Reads them; what cannot be understood is an IllegalArgumentException that says so. */
    static Options of(List<String> words) {
        Effort effort = Effort.FULL;
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        List<String> only = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "--quick" -> effort = Effort.QUICK;
                case "--dir" -> parent = Path.of(value(words, ++i, word));
                case "--only" -> only.addAll(List.of(value(words, ++i, word).split(",")));
                default -> throw new IllegalArgumentException("unknown option '" + word + "'");
            }
        }
        return new Options(effort, parent, List.copyOf(only));
    }

    private static String value(List<String> words, int index, String option) {
        if (index >= words.size()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.get(index);
    }
}
