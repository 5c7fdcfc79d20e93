package io.sallyport.builds.engine;

import java.util.List;
import java.util.Locale;

/** Numbers of bytes in words for logs. */
final class Size {
    private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB");
    private static final int STEP = 1024;

    private Size() {}

    /** Such as {@code 17 bytes}, {@code 3.4 KiB} or {@code 12.0 MiB}. */
    static String text(long bytes) {
        if (bytes < STEP) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        double amount = bytes / (double) STEP;
        int unit = 0;
        while (amount >= STEP && unit < UNITS.size() - 1) {
            amount /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS.get(unit));
    }
}
