package io.sallyport.gateway.sftp;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A line of a folder.
 *
 * @param name of the file, link or folder in it
 * @param attributes as they are now
 */
record Entry(String name, Attributes attributes) {
    private static final Duration LATELY = Duration.ofDays(180);
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("MMM dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter YEAR =
            DateTimeFormatter.ofPattern("MMM dd  yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String TRIPLET = "rwxrwxrwx";

    /** The line as {@code ls -l} has it, which clients show as it is. Times are in UTC. */
    String line(Instant now) {
        boolean late = attributes.modified().isAfter(now.minus(LATELY));
        return "%s %3d %-8s %-8s %10d %s %s"
                .formatted(
                        mode(),
                        1,
                        "build",
                        "build",
                        attributes.size().orElse(0),
                        (late ? HOUR : YEAR).format(attributes.modified()),
                        name);
    }

    private String mode() {
        StringBuilder mode = new StringBuilder();
        mode.append(attributes.isFolder() ? 'd' : attributes.isLink() ? 'l' : '-');
        for (int bit = 0; bit < TRIPLET.length(); bit++) {
            boolean set = (attributes.mode() & 0400 >> bit) != 0;
            mode.append(set ? TRIPLET.charAt(bit) : '-');
        }
        return mode.toString();
    }
}
