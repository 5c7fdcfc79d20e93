package io.sallyport.builds.regex;

import java.util.List;

/** A part of a pattern. */
sealed interface Node {
    /** One character. */
    record One(CharClass of) implements Node {}

    /** All of them, one after the other. */
    record Sequence(List<Node> parts) implements Node {}

    /** Any of them, the first preferred. */
    record Choice(List<Node> branches) implements Node {}

    /** The same several times; {@code most} is -1 when there is no end. */
    record Repeat(Node part, int least, int most, boolean greedy, int offset) implements Node {}

    /** A group that is remembered; numbered from 1. */
    record Group(int number, Node part) implements Node {}

    /** A place in the text. */
    record At(Spot spot) implements Node {}

    /** What must, or must not, follow. */
    record Ahead(Node part, boolean negative) implements Node {}

    /** Places that a pattern can ask for. */
    enum Spot {
        TEXT_START,
        TEXT_END,
        /** The end, or before a line end that is the last character. */
        LAST_LINE_END,
        LINE_START,
        LINE_END,
        WORD_EDGE,
        NO_WORD_EDGE;

        boolean is(String text, int at) {
            return switch (this) {
                case TEXT_START -> at == 0;
                case TEXT_END -> at == text.length();
                case LAST_LINE_END -> at == text.length() || (at == text.length() - 1 && text.charAt(at) == '\n');
                case LINE_START -> at == 0 || text.charAt(at - 1) == '\n';
                case LINE_END -> at == text.length() || text.charAt(at) == '\n';
                case WORD_EDGE -> edge(text, at);
                case NO_WORD_EDGE -> !edge(text, at);
            };
        }

        private static boolean edge(String text, int at) {
            boolean before = at > 0 && CharClass.isWord(text.charAt(at - 1));
            boolean after = at < text.length() && CharClass.isWord(text.charAt(at));
            return before != after;
        }
    }
}
