package io.sallyport.builds.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/** Which start of the machine this is: what was only in its memory is gone with the next one. */
final class Boot {
    private static final Path ID = Path.of("/proc/sys/kernel/random/boot_id");

    private Boot() {}

    /** A number that no other start has; 0 on a system that does not tell. */
    static long current() throws IOException {
        try {
            UUID id = UUID.fromString(Files.readString(ID).strip());
            return id.getMostSignificantBits() ^ id.getLeastSignificantBits();
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
