package io.sallyport.client;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** The name of a file that is not complete yet. One is left behind when the program is killed while it writes. */
public final class PartName {
    private static final String START = ".sally-";
    private static final String END = ".part";
    private static final int LENGTH = START.length() + 2 * Long.BYTES + END.length();

    private PartName() {}

    /** A new one. */
    static String fresh() {
        return START + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + END;
    }

    /** Whether a name is one. */
    public static boolean is(String name) {
        return name.length() == LENGTH && name.startsWith(START) && name.endsWith(END);
    }
}
