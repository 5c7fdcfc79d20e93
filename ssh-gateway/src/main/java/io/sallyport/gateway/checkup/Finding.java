package io.sallyport.gateway.checkup;

/**
 * One thing that was looked at.
 *
 * @param level how bad it is
 * @param words what was found, and for anything but {@link Level#FINE} what to do
 */
public record Finding(Level level, String words) {
    /** How bad something is. */
    public enum Level {
        /** As it should be. */
        FINE,
        /** Works, but a careful operator would change it. */
        WARNING,
        /** Has to be mended. */
        ERROR;

        /** As it is printed. */
        public String label() {
            return switch (this) {
                case FINE -> "ok     ";
                case WARNING -> "warning";
                case ERROR -> "ERROR  ";
            };
        }
    }

    static Finding fine(String words) {
        return new Finding(Level.FINE, words);
    }

    static Finding warning(String words) {
        return new Finding(Level.WARNING, words);
    }

    static Finding error(String words) {
        return new Finding(Level.ERROR, words);
    }
}
