package io.sallyport.builds.mask;

/**
 * {@code \n} for a newline, {@code \"} for a quote and so on, as in JSON (RFC 8259, section 7) and in what shells print
 * within quotes. A backslash before any other character stands for that character. Of a pair of UTF-16 units each is
 * read by itself, as CESU-8 has them.
 */
final class BackslashEscapes extends Escapes {
    private static final int UNIT_DIGITS = 4;

    private int value;

    BackslashEscapes(Trace trace) {
        super('\\', trace);
    }

    @Override
    Meaning grow(int each, int length) {
        if (length == 1) {
            value = simple(each);
            return each == 'u' ? Meaning.OPEN : Meaning.WHOLE;
        }
        int digit = Character.digit(each, 16);
        value = length == 2 ? digit : value << 4 | digit;
        if (digit < 0) {
            return Meaning.NONE;
        }
        return length == 1 + UNIT_DIGITS ? Meaning.WHOLE : Meaning.OPEN;
    }

    private static int simple(int each) {
        return switch (each) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> each;
        };
    }

    @Override
    int[] bytes() {
        return Cesu8.unit(value);
    }
}
