package io.sallyport.builds.executor.docker;

import io.sallyport.builds.executor.shell.ShellJob;
import io.sallyport.builds.executor.shell.ShellScript;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a job's shell writes into both its streams between what its commands print: so that what is read from an engine,
 * live or afterwards, tells by itself where each command began and how the shell ended. A line of the character RS, a word
 * that nobody can guess, and what it marks. A script that finds the word out can announce its own commands too early,
 * and nothing else.
 *
 * @param word letters and digits, of one start of a shell
 */
record OutputMark(String word) {
    /** What a mark says. */
    sealed interface Meaning {
        /**
         * The shell is there.
         *
         * @param unpacks whether it has tried to unpack something, and could
         */
        record Knock(boolean unpacks) implements Meaning {}

        /** The command of that index begins; the first one's beginning is the knock. */
        record Begins(int command) implements Meaning {}

        /** The kernel has ended something of it for want of memory; told before its end, where nobody else tells. */
        record OutOfMemory() implements Meaning {}

        /** The shell has ended with that code. */
        record Ended(int code) implements Meaning {}
    }

    /** What the first process of a container that lasts says when it is there, with whether its rights can grow. */
    static final OutputMark ENTRY = new OutputMark("ready");

    static final char RS = '\u001e';
    private static final String KNOCK = "begin";
    private static final String UNPACKS = KNOCK + " unpacks";
    static final String MEMORY = "memory";
    static final String END = "end ";
    /** The most bytes between the word and the end of its line. */
    static final int LONGEST = 16;

    /** Of the start of that number of a run, from 1. */
    static OutputMark of(String run, int start) {
        return new OutputMark(run + "." + start);
    }

    /** How each begins. */
    byte[] prefix() {
        return (RS + word + " ").getBytes(StandardCharsets.US_ASCII);
    }

    /** What stands between the beginning and the end of the line; empty when it is no mark after all. */
    static Optional<Meaning> meaning(String text) {
        if (text.equals(KNOCK) || text.equals(UNPACKS)) {
            return Optional.of(new Meaning.Knock(text.equals(UNPACKS)));
        }
        if (text.equals(MEMORY)) {
            return Optional.of(new Meaning.OutOfMemory());
        }
        boolean end = text.startsWith(END);
        String number = end ? text.substring(END.length()) : text;
        if (number.isEmpty() || number.length() > 9 || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int value = Integer.parseInt(number);
        return Optional.of(end ? new Meaning.Ended(value) : new Meaning.Begins(value));
    }

    /** The first line that a container's first process reads. */
    String line() {
        return word + "\n";
    }

    /** The same, of a shell that does by itself what {@link #knocks} says, when it has come so far. */
    String lineBeforeOwnKnock() {
        return word + " later\n";
    }

    /**
     * The program of a container's first process. It reads its word from its standard input, runs the job's shell with the
     * rest of that, and tells how it ended. It stays what it is whatever the job's shell does, so the marks find
     * their way: what it itself would say of a shell that was killed is nobody's business.
     */
    static String firstProcess() {
        return "IFS=' ' read -r mark later || exit 125; exec 3>&2 2>/dev/null; trap : HUP INT TERM\n"
                + "export " + ShellJob.RUN + "=/proc/$$/fd\n"
                + "[ -n \"$later\" ] || { echo \"" + RS + "$mark " + KNOCK + "\"; echo \"" + RS + "$mark " + KNOCK
                + "\" >&3; }\n"
                + "(exec /bin/sh 2>&3 3>&-)\n"
                + "code=$?; echo \"" + RS + "$mark " + END + "$code\"; echo \"" + RS + "$mark " + END
                + "$code\" >&3; exit $code";
    }

    /** What a shell does, when it has read all that it is to run, of which nobody else tells. */
    String knocks() {
        return says(KNOCK);
    }

    /** The same, of one that has found out that it unpacks. */
    String knocksAndUnpacks() {
        return says(UNPACKS);
    }

    /** Silent where an image has its shells tell what they do. */
    private String says(String text) {
        String line = "command echo " + ShellScript.quote(RS + word + " " + text);
        return "{ " + line + "; " + line + " >&4; } 4>&2 2>/dev/null\n";
    }

    /** What the job's shell does before the command of that index, from 1; silent under {@code set -x}. */
    String begins(int command) {
        String line = "command echo " + ShellScript.quote(RS + word + " " + command) + " >|\"${" + ShellJob.RUN + "-}/";
        return "{ " + line + "1\" || :; " + line + "3\" || :; } 2>/dev/null\n";
    }
}
