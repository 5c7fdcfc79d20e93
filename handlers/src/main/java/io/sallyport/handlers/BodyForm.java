package io.sallyport.handlers;

import java.util.Optional;

/**
 * What a route takes on standard input, for help and documentation.
 *
 * @param form in words: a kind of file, or the fields of a JSON object
 * @param sample a body that is taken, when it is short enough to be shown
 * @param example a command of a user's shell that sends one
 */
public record BodyForm(String form, Optional<String> sample, String example) {
    private static final String SSH = "ssh -p PORT HOST ";

    /**
     * A JSON object.
     *
     * @param fields their names, and what is in those that are no plain values
     * @param sample an object that is taken; without single quotes
     * @param request what the example asks for: method and path
     */
    public static BodyForm json(String fields, String sample, String request) {
        return new BodyForm("JSON: " + fields, Optional.of(sample), "echo '" + sample + "' | " + SSH + request);
    }

    /** A file that the example reads. */
    public static BodyForm file(String form, String request, String file) {
        return new BodyForm(form, Optional.empty(), SSH + request + " < " + file);
    }

    /** What another program writes. */
    public static BodyForm piped(String form, String program, String request) {
        return new BodyForm(form, Optional.empty(), program + " | " + SSH + request);
    }
}
