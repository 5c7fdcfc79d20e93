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

    T read(String text) {
        try {
            return reader.read(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is " + form + ", not '" + text + "'", e);
        }
    }
}
