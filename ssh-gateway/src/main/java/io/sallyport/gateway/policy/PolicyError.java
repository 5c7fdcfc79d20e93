package io.sallyport.gateway.policy;

/**
 * An error in a policy file with its place.
 *
 * @param line from 1
 * @param column from 1, in characters (code points)
 * @param message names the culprit and what is expected; safe for a terminal
 */
public record PolicyError(int line, int column, String message) {
    /** In one line, as compilers write it. */
    public String in(String file) {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
