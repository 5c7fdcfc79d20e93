package io.sallyport.builds.regex;

import io.sallyport.builds.regex.Node.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a pattern, by descent. A construct that would take more than linear time is none of the notation. */
final class RegexParser {
    private static final int DEEPEST = 100;
    private static final int MOST_REPEATS = 1000;
    private static final String LETTERS = "imsU";

    private final String text;
    private int at;
    private int depth;
    private int groups;
    private Flags flags;

    /** Which variants of the notation hold at a place. */
    private record Flags(boolean fold, boolean lines, boolean dots, boolean lazy) {
        Flags with(char letter, boolean on) {
            return switch (letter) {
                case 'i' -> new Flags(on, lines, dots, lazy);
                case 'm' -> new Flags(fold, on, dots, lazy);
                case 's' -> new Flags(fold, lines, on, lazy);
                case 'U' -> new Flags(fold, lines, dots, on);
                default -> throw new IllegalArgumentException("flag " + letter);
            };
        }
    }

    RegexParser(String text, String letters) {
        this.text = text;
        Flags all = new Flags(false, false, false, false);
        for (int i = 0; i < letters.length(); i++) {
            char letter = letters.charAt(i);
            if (LETTERS.indexOf(letter) < 0) {
                throw new Fault(text.length(), "the flag '" + letter + "' is not known; known are i, m, s, U");
            }
            all = all.with(letter, true);
        }
        this.flags = all;
    }

    /** The whole pattern. */
    Node parse() {
        Node whole = choice();
        if (at < text.length()) {
            throw new Fault(at, "a ')' without its '('");
        }
        return whole;
    }

    private Node choice() {
        if (++depth > DEEPEST) {
            throw new Fault(at, "groups are nested more than " + DEEPEST + " deep");
        }
        List<Node> branches = new ArrayList<>();
        branches.add(sequence());
        while (take('|')) {
            branches.add(sequence());
        }
        depth--;
        return branches.size() == 1 ? branches.getFirst() : new Node.Choice(List.copyOf(branches));
    }

    private Node sequence() {
        List<Node> parts = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            atom().ifPresent(part -> parts.add(repeated(part)));
        }
        return new Node.Sequence(List.copyOf(parts));
    }

    private Node repeated(Node part) {
        int offset = at;
        Optional<Bounds> bounds = bounds();
        if (bounds.isEmpty()) {
            return part;
        }
        boolean lazy = take('?') != flags.lazy;
        int behind = at;
        if (take('+') || bounds().isPresent()) {
            throw new Fault(behind, "a repetition cannot be repeated");
        }
        return new Node.Repeat(part, bounds.get().least, bounds.get().most, !lazy, offset);
    }

    private record Bounds(int least, int most) {}

    private Optional<Bounds> bounds() {
        if (take('*')) {
            return Optional.of(new Bounds(0, -1));
        }
        if (take('+')) {
            return Optional.of(new Bounds(1, -1));
        }
        if (take('?')) {
            return Optional.of(new Bounds(0, 1));
        }
        return at < text.length() && text.charAt(at) == '{' ? counted() : Optional.empty();
    }

    /** What looks like a count and is none stands for itself. */
    private Optional<Bounds> counted() {
        int start = at++;
        int least = number();
        boolean open = least >= 0 && take(',');
        int most = open ? number() : least;
        if (least < 0 || !take('}')) {
            at = start;
            return Optional.empty();
        }
        if (least > MOST_REPEATS || most > MOST_REPEATS || (most >= 0 && most < least)) {
            throw new Fault(start, "a repetition is from 0 to " + MOST_REPEATS + ", the smaller number first");
        }
        return Optional.of(new Bounds(least, most));
    }

    private int number() {
        int start = at;
        while (at < text.length() && CharClass.isDigit(text.charAt(at))) {
            at++;
        }
        return at == start || at - start > 5 ? -1 : Integer.parseInt(text.substring(start, at));
    }

    /** One thing that can be repeated; empty for what only changes flags. */
    private Optional<Node> atom() {
        int start = at;
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return switch (c) {
            case '(' -> group(start);
            case '[' -> Optional.of(new Node.One(new ClassParser(text, start, flags.fold).parse(end -> at = end)));
            case '.' -> Optional.of(new Node.One(CharClass.of(dot())));
            case '^' -> spot(flags.lines ? Spot.LINE_START : Spot.TEXT_START);
            case '$' -> spot(flags.lines ? Spot.LINE_END : Spot.TEXT_END);
            case '\\' -> Optional.of(escape(start));
            case '*', '+', '?' -> throw new Fault(start, "nothing stands before '" + (char) c + "' to be repeated");
            default -> Optional.of(new Node.One(CharClass.of(c, flags.fold)));
        };
    }

    private java.util.function.IntPredicate dot() {
        return flags.dots ? c -> true : c -> c != '\n';
    }

    private static Optional<Node> spot(Spot spot) {
        return Optional.of(new Node.At(spot));
    }

    private Node escape(int start) {
        if (at >= text.length()) {
            throw new Fault(start, "nothing follows the last '\\'");
        }
        Optional<Spot> spot = spotOf(text.charAt(at));
        if (spot.isPresent()) {
            at++;
            return new Node.At(spot.get());
        }
        if (text.charAt(at) == 'Q') {
            return literal(start);
        }
        Escape escape = new Escape(text, start);
        at = escape.end();
        return new Node.One(new CharClass(List.of(escape.member()), false, flags.fold));
    }

    private static Optional<Spot> spotOf(char letter) {
        return switch (letter) {
            case 'A' -> Optional.of(Spot.TEXT_START);
            case 'z' -> Optional.of(Spot.TEXT_END);
            case 'Z' -> Optional.of(Spot.LAST_LINE_END);
            case 'b' -> Optional.of(Spot.WORD_EDGE);
            case 'B' -> Optional.of(Spot.NO_WORD_EDGE);
            default -> Optional.empty();
        };
    }

    /** {@code \Q…\E}. */
    private Node literal(int start) {
        int end = text.indexOf("\\E", start + 2);
        String words = text.substring(start + 2, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 2;
        List<Node> parts = new ArrayList<>();
        words.codePoints().forEach(c -> parts.add(new Node.One(CharClass.of(c, flags.fold))));
        return new Node.Sequence(List.copyOf(parts));
    }

    private Optional<Node> group(int start) {
        Flags outside = flags;
        Optional<Node> made;
        if (!take('?')) {
            int number = ++groups;
            made = Optional.of(new Node.Group(number, choice()));
        } else if (take(':')) {
            made = Optional.of(choice());
        } else if (take('=')) {
            made = Optional.of(new Node.Ahead(choice(), false));
        } else if (take('!')) {
            made = Optional.of(new Node.Ahead(choice(), true));
        } else if (take('#')) {
            at = Math.max(at, text.indexOf(')', at) < 0 ? text.length() : text.indexOf(')', at));
            made = Optional.empty();
        } else if (named(start)) {
            int number = ++groups;
            made = Optional.of(new Node.Group(number, choice()));
        } else {
            return flagged(start, outside);
        }
        flags = outside;
        close(start);
        return made;
    }

    private void close(int start) {
        if (!take(')')) {
            throw new Fault(start, "a '(' without its ')'");
        }
    }

    private boolean named(int start) {
        boolean quoted = text.startsWith("'", at);
        boolean python = text.startsWith("P<", at);
        if (!quoted && !python && !text.startsWith("<", at)) {
            return false;
        }
        if (text.startsWith("<=", at) || text.startsWith("<!", at)) {
            throw new Fault(start, "look-behind is not supported");
        }
        int end = text.indexOf(quoted ? '\'' : '>', at + 1);
        if (end < 0) {
            throw new Fault(start, "the name of a group does not end");
        }
        at = end + 1;
        return true;
    }

    /** {@code (?i)} for the rest of the group around it, {@code (?i:…)} for what is in it. */
    private Optional<Node> flagged(int start, Flags outside) {
        boolean on = true;
        for (; at < text.length() && (LETTERS.indexOf(text.charAt(at)) >= 0 || text.charAt(at) == '-'); at++) {
            if (text.charAt(at) == '-') {
                on = false;
            } else {
                flags = flags.with(text.charAt(at), on);
            }
        }
        if (take(')')) {
            return Optional.empty();
        }
        if (!take(':')) {
            throw new Fault(start, "a group of this kind is not supported");
        }
        Node part = choice();
        flags = outside;
        close(start);
        return Optional.of(part);
    }

    private boolean take(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }
}
