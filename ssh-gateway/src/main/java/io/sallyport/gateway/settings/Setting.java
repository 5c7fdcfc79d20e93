package io.sallyport.gateway.settings;

/**
 * One setting of the configuration file.
 *
 * @param name dotted, as it stands in the file
 * @param fallback its value, as text, when the file does not set it
 * @param form what its values look like
 * @param summary one line on what it does
 * @param reader from text to value
 * @param <T> what its values are
 */
record Setting<T>(String name, String fallback, String form, String summary, Reader<T> reader) {
    /** Reads a value; throws {@link IllegalArgumentException} with what is expected. */
    @FunctionalInterface
    interface Reader<T> {
        T read(String text);
    }

    /** A text is of several words, and one of them, which is the message, is wrong. */
    static final class WrongWord extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        WrongWord(String word) {
            super(word);
        }
    }

    T read(String text) {
        try {
            return reader.read(text);
        } catch (WrongWord e) {
            throw new IllegalArgumentException(name + " is " + form + ", not '" + e.getMessage() + "'", e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException(name + " is " + form + ", not '" + text + "'", e);
        }
    }
}
