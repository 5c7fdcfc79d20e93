package io.sallyport.builds.mask;

/** {@code %41} for {@code A}, as in addresses (RFC 3986, section 2.1). */
final class PercentEscapes extends Escapes {
    private int value;

    PercentEscapes(Trace trace) {
        super('%', trace);
    }

    @Override
    Meaning grow(int each, int length) {
        int digit = Character.digit(each, 16);
        value = length == 1 ? digit : value << 4 | digit;
        if (digit < 0) {
            return Meaning.NONE;
        }
        return length == 2 ? Meaning.WHOLE : Meaning.OPEN;
    }

    @Override
    int[] bytes() {
        return new int[] {value};
    }
}
