package io.sallyport.builds.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Files of variables for later jobs: a line {@code NAME=value} each. Blanks around name and value do not belong to them;
 * empty lines and those that begin with {@code #} mean nothing; quotes are a part of the value. For one thread.
 */
public final class DotenvReport {
    /** The most bytes of a file, and the most characters of all names and values together. */
    public static final int LARGEST = 64 << 10;

    /** The most variables of a job. */
    public static final int MOST = 150;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String RESERVED = "SALLYPORT_";

    private final SortedMap<String, String> variables = new TreeMap<>();
    private int characters;

    /** All variables so far; those of later files and lines in place of earlier ones. */
    public SortedMap<String, String> variables() {
        return Collections.unmodifiableSortedMap(variables);
    }

    /**
     * Adds the variables of a file.
     *
     * @param file remains the caller's; no more than a little beyond {@link #LARGEST} is read of it
     * @throws MalformedReportException when it is too large, or a line is no variable
     * @throws IOException when it cannot be read
     */
    public void add(InputStream file) throws IOException {
        byte[] bytes = file.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new MalformedReportException("it is larger than " + LARGEST + " bytes");
        }
        int number = 0;
        for (String line : text(bytes).split("\r?\n", -1)) {
            number++;
            if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                read(line, number);
            }
        }
    }

    private void read(String line, int number) throws MalformedReportException {
        int equals = line.indexOf('=');
        String name = line.substring(0, Math.max(0, equals)).strip();
        String value = line.substring(equals + 1).strip();
        if (!NAME.matcher(name).matches()) {
            throw new MalformedReportException("line " + number + " is no NAME=value");
        }
        if (name.startsWith(RESERVED) || value.indexOf('\0') >= 0) {
            throw new MalformedReportException("line " + number + ": " + name + " cannot be given");
        }
        Optional<String> before = Optional.ofNullable(variables.put(name, value));
        characters += value.length() - before.map(old -> old.length()).orElse(-name.length());
        if (characters > LARGEST) {
            throw new MalformedReportException("the variables have more than " + LARGEST + " characters");
        }
        if (variables.size() > MOST) {
            throw new MalformedReportException("there are more than " + MOST + " variables");
        }
    }

    private static String text(byte[] bytes) throws MalformedReportException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedReportException("it is not in UTF-8");
        }
    }
}
