package io.sallyport.handlers;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Splits a line into words by the quoting rules of the POSIX shell (IEEE Std 1003.1, Shell Command Language, 2.2):
 * backslash, single and double quotes. Nothing is expanded, and no character but the quotes and blanks is special.
 */
public final class CommandLine {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private @Nullable StringBuilder word;
    private int at;

    private CommandLine(String line) {
        this.line = line;
    }

    /** The line's words. */
    public static List<String> split(String line) throws Unfinished {
        return new CommandLine(line).words();
    }

    /** The line ends within a quotation. */
    public static final class Unfinished extends Exception {
        private static final long serialVersionUID = 1L;
        private final char quote;

        Unfinished(char quote) {
            super("unfinished " + quote, null, false, false);
            this.quote = quote;
        }

        /** The quote that nothing closes. */
        public char quote() {
            return quote;
        }
    }

    private List<String> words() throws Unfinished {
        while (at < line.length()) {
            char c = line.charAt(at++);
            switch (c) {
                case ' ', '\t', '\n', '\r' -> endWord();
                case '\'' -> single();
                case '"' -> dual();
                case '\\' -> escaped();
                default -> current().append(c);
            }
        }
        endWord();
        return words;
    }

    private void single() throws Unfinished {
        int end = line.indexOf('\'', at);
        if (end < 0) {
            throw new Unfinished('\'');
        }
        current().append(line, at, end);
        at = end + 1;
    }

    private void dual() throws Unfinished {
        StringBuilder text = current();
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '"') {
                return;
            }
            if (c == '\\' && at < line.length() && "$`\"\\\n".indexOf(line.charAt(at)) >= 0) {
                char next = line.charAt(at++);
                if (next != '\n') {
                    text.append(next);
                }
            } else {
                text.append(c);
            }
        }
        throw new Unfinished('"');
    }

    private void escaped() throws Unfinished {
        if (at == line.length()) {
            throw new Unfinished('\\');
        }
        char next = line.charAt(at++);
        if (next != '\n') {
            current().append(next);
        }
    }

    private StringBuilder current() {
        if (word == null) {
            word = new StringBuilder();
        }
        return word;
    }

    private void endWord() {
        if (word != null) {
            words.add(word.toString());
            word = null;
        }
    }
}
