package io.sallyport.builds.spec.yaml;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/**
 * Where something stands.
 *
 * @param file as it is called in the source
 * @param line from 1
 * @param column from 1, in characters (code points)
 */
public record Place(String file, int line, int column) {
    /** Where a file begins. */
    public static Place start(String file) {
        return new Place(file, 1, 1);
    }

    static Place of(String file, @Nullable Mark mark) {
        return mark == null ? start(file) : new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** So many characters further on in the line. */
    public Place plus(int columns) {
        return new Place(file, line, column + columns);
    }
}
