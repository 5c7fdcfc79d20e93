package io.sallyport.builds.regex;

import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Which characters match.
 *
 * @param members any of which
 * @param negated whether all others match instead
 * @param fold whether upper and lower case are the same
 */
record CharClass(List<IntPredicate> members, boolean negated, boolean fold) {
    static CharClass of(IntPredicate member) {
        return new CharClass(List.of(member), false, false);
    }

    static CharClass of(int character, boolean fold) {
        return new CharClass(List.of(c -> c == character), false, fold);
    }

    boolean matches(int c) {
        boolean found = has(c);
        if (!found && fold) {
            found = has(Character.toLowerCase(c)) || has(Character.toUpperCase(c));
        }
        return found != negated;
    }

    private boolean has(int c) {
        for (IntPredicate member : members) {
            if (member.test(c)) {
                return true;
            }
        }
        return false;
    }

    /** How much a look costs, in steps. */
    int cost() {
        return 1 + members.size();
    }

    static boolean isWord(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isHex(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** The class of a letter after a backslash. */
    static Optional<IntPredicate> ofEscape(int letter) {
        return switch (letter) {
            case 'd' -> Optional.of(CharClass::isDigit);
            case 'D' -> Optional.of(c -> !isDigit(c));
            case 'w' -> Optional.of(CharClass::isWord);
            case 'W' -> Optional.of(c -> !isWord(c));
            case 's' -> Optional.of(CharClass::isSpace);
            case 'S' -> Optional.of(c -> !isSpace(c));
            case 'h' -> Optional.of(CharClass::isHex);
            case 'H' -> Optional.of(c -> !isHex(c));
            default -> Optional.empty();
        };
    }

    /** The class of that name, as {@code [[:name:]]} and {@code \p{Name}} have it. */
    static Optional<IntPredicate> named(String name) {
        return switch (name) {
            case "alpha", "Alpha", "L", "Letter" -> Optional.of(Character::isLetter);
            case "digit", "Digit" -> Optional.of(CharClass::isDigit);
            case "N", "Nd" -> Optional.of(Character::isDigit);
            case "alnum", "Alnum" -> Optional.of(Character::isLetterOrDigit);
            case "upper", "Upper", "Lu" -> Optional.of(Character::isUpperCase);
            case "lower", "Lower", "Ll" -> Optional.of(Character::isLowerCase);
            case "space", "Space" -> Optional.of(c -> isSpace(c) || Character.isSpaceChar(c));
            case "Z", "Zs" -> Optional.of(Character::isSpaceChar);
            case "blank", "Blank" -> Optional.of(c -> c == ' ' || c == '\t');
            case "cntrl", "Cntrl", "Cc" -> Optional.of(Character::isISOControl);
            case "xdigit", "XDigit" -> Optional.of(CharClass::isHex);
            case "word", "Word" -> Optional.of(CharClass::isWord);
            case "punct", "Punct", "P" -> Optional.of(CharClass::isPunctuation);
            case "print", "Print" -> Optional.of(c -> !Character.isISOControl(c));
            case "graph", "Graph" -> Optional.of(c -> !Character.isISOControl(c) && !Character.isSpaceChar(c));
            case "ascii", "ASCII" -> Optional.of(c -> c < 0x80);
            default -> Optional.empty();
        };
    }

    private static boolean isPunctuation(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> c < 0x80 && "$+<=>^`|~".indexOf(c) >= 0;
        };
    }
}
