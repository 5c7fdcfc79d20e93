package io.sallyport.builds.log;

/** A line that the gateway writes into a log, with words in it that others have chosen. */
final class SystemLine {
    private SystemLine() {}

    /** The same with what would end the line, hide or turn its words, or steer a terminal as a number. */
    static String visible(String line) {
        if (line.chars().allMatch(SystemLine::isVisible)) {
            return line;
        }
        StringBuilder out = new StringBuilder(line.length() + 16);
        line.chars().forEach(c -> {
            if (isVisible(c)) {
                out.append((char) c);
            } else {
                out.append(String.format("\\u%04x", c));
            }
        });
        return out.toString();
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\t';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
